package dev.kith.cli.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.kith.model.SourceSpan;
import dev.kith.model.type.Column;
import dev.kith.run.testing.RowDifference;
import dev.kith.run.testing.RowDifference.Differing;
import dev.kith.run.testing.RowDifference.Missing;
import dev.kith.run.testing.RowDifference.Unexpected;
import dev.kith.run.testing.TableDifference;
import dev.kith.run.testing.TestOutcome;
import dev.kith.run.testing.TestOutcome.Verdict;
import dev.kith.run.testing.TypedRow;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Tests as JSON, with all rows that differ. */
public final class TestJson {

  private TestJson() {}

  /** Writes one document. */
  public static void write(List<TestOutcome> outcomes, Writer out) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      long passed = outcomes.stream().filter(TestOutcome::passed).count();
      json.writeNumberField("passed", passed);
      json.writeNumberField("failed", outcomes.size() - passed);
      json.writeArrayFieldStart("tests");
      for (TestOutcome outcome : outcomes) {
        test(json, outcome);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.write("\n");
  }

  private static void test(JsonGenerator json, TestOutcome outcome) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", outcome.test().name().value());
    place(json, outcome.test().name().span());
    json.writeStringField("outcome", name(outcome.verdict()));
    json.writeNumberField("seconds", outcome.duration().toMillis() / 1000.0);
    if (outcome.verdict() instanceof Verdict.Broken broken) {
      json.writeStringField("code", broken.fault().code().id());
      json.writeStringField("message", broken.fault().message());
    } else if (outcome.verdict() instanceof Verdict.Failed failed) {
      json.writeArrayFieldStart("tables");
      for (TableDifference table : failed.tables()) {
        table(json, table);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static String name(Verdict verdict) {
    if (verdict instanceof Verdict.Passed) {
      return "passed";
    }
    return verdict instanceof Verdict.Failed ? "failed" : "error";
  }

  private static void place(JsonGenerator json, SourceSpan span) throws IOException {
    json.writeStringField("file", span.file());
    json.writeNumberField("line", span.line());
  }

  private static void table(JsonGenerator json, TableDifference table) throws IOException {
    json.writeStartObject();
    json.writeStringField("table", table.table().toString());
    place(json, table.span());
    json.writeNumberField("rows", table.actualCount());
    if (table.expectedCount().isPresent()) {
      json.writeNumberField("expected_rows", table.expectedCount().getAsLong());
    }
    json.writeArrayFieldStart("differences");
    for (RowDifference row : table.rows()) {
      json.writeStartObject();
      if (row instanceof Missing missing) {
        json.writeStringField("kind", "missing");
        row(json, "expected", missing.expected(), table.columns());
      } else if (row instanceof Unexpected unexpected) {
        json.writeStringField("kind", "unexpected");
        row(json, "actual", unexpected.actual(), table.columns());
      } else if (row instanceof Differing differing) {
        json.writeStringField("kind", "differing");
        json.writeArrayFieldStart("columns");
        for (Column column : table.columns()) {
          if (differing.columns().contains(column.name())) {
            json.writeString(column.name());
          }
        }
        json.writeEndArray();
        row(json, "expected", differing.expected(), table.columns());
        row(json, "actual", differing.actual(), table.columns());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void row(JsonGenerator json, String field, TypedRow row, List<Column> columns)
      throws IOException {
    json.writeObjectFieldStart(field);
    for (Column column : columns) {
      if (row.names(column.name())) {
        json.writeFieldName(column.name());
        QueryOutput.value(json, row.value(column.name()));
      }
    }
    json.writeEndObject();
  }
}
