package dev.kith.cli.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.kith.lake.Release;
import dev.kith.run.difference.ComparedRows;
import dev.kith.run.difference.ComparedTable;
import dev.kith.run.difference.ReleaseDifference;
import dev.kith.run.difference.RowSample;
import dev.kith.run.plan.ReaderChange.Difference;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How two releases differ, for programs; instants in UTC. */
public final class DiffJson {

  private final JsonGenerator json;

  private DiffJson(JsonGenerator json) {
    this.json = json;
  }

  public static void print(ReleaseDifference difference, Terminal terminal) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(terminal.out())) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.useDefaultPrettyPrinter();
      new DiffJson(json).write(difference);
    }
    terminal.out().println();
  }

  private void write(ReleaseDifference difference) throws IOException {
    json.writeStartObject();
    release("before", difference.before());
    release("after", difference.after());
    json.writeBooleanField("same", difference.isNone());
    json.writeArrayFieldStart("tables");
    for (ComparedTable table : difference.tables()) {
      table(table);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void release(String field, Release release) throws IOException {
    json.writeObjectFieldStart(field);
    json.writeStringField("id", release.id());
    json.writeNumberField("number", release.sequence());
    json.writeStringField("environment", release.environment());
    json.writeStringField("published_at", release.createdAt().toString());
    json.writeEndObject();
  }

  private void table(ComparedTable table) throws IOException {
    json.writeStartObject();
    json.writeStringField("table", table.table().toString());
    json.writeBooleanField("same", table.isSame());
    json.writeArrayFieldStart("schema");
    for (Difference difference : table.schema()) {
      SchemaDifferenceJson.write(difference, json);
    }
    json.writeEndArray();
    if (table.asOf().isPresent()) {
      json.writeStringField("as_of_before", table.asOf().get().before().toString());
      json.writeStringField("as_of_after", table.asOf().get().after().toString());
    }
    if (table.rows() instanceof ComparedRows.Counted counted) {
      counted(counted);
    } else if (table.rows() instanceof ComparedRows.SameSnapshot same) {
      json.writeNumberField("rows", same.rows());
    } else if (table.rows() instanceof ComparedRows.OneSided one) {
      json.writeNumberField("rows", one.rows());
    }
    json.writeEndObject();
  }

  private void counted(ComparedRows.Counted counted) throws IOException {
    json.writeArrayFieldStart("key");
    for (String column : counted.key()) {
      json.writeString(column);
    }
    json.writeEndArray();
    json.writeNumberField("rows_before", counted.before());
    json.writeNumberField("rows_after", counted.after());
    json.writeNumberField("added", counted.added());
    json.writeNumberField("removed", counted.removed());
    json.writeNumberField("changed", counted.changed());
    json.writeObjectFieldStart("changed_in");
    for (Map.Entry<String, Long> column : counted.changedIn().entrySet()) {
      json.writeNumberField(column.getKey(), column.getValue());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("samples");
    for (RowSample sample : counted.samples()) {
      sample(sample);
    }
    json.writeEndArray();
  }

  private void sample(RowSample sample) throws IOException {
    json.writeStartObject();
    if (sample instanceof RowSample.Added added) {
      values("after", added.values());
    } else if (sample instanceof RowSample.Removed removed) {
      values("before", removed.values());
    } else if (sample instanceof RowSample.Changed changed) {
      values("before", changed.before());
      values("after", changed.after());
    }
    json.writeEndObject();
  }

  private void values(String field, Map<String, @Nullable Object> values) throws IOException {
    json.writeObjectFieldStart(field);
    for (Map.Entry<String, @Nullable Object> value : values.entrySet()) {
      json.writeFieldName(value.getKey());
      QueryOutput.value(json, value.getValue());
    }
    json.writeEndObject();
  }
}
