package dev.kith.cli.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.kith.lake.Environment.Pause;
import dev.kith.lake.Release;
import dev.kith.model.TableName;
import dev.kith.run.PlannedRun;
import dev.kith.run.RangeProgress;
import dev.kith.run.change.DefinitionChange;
import dev.kith.run.change.PartChange;
import dev.kith.run.plan.BuildReason;
import dev.kith.run.plan.Method;
import dev.kith.run.plan.Plan;
import dev.kith.run.plan.ReaderChange;
import dev.kith.run.plan.ReaderChange.Difference;
import dev.kith.run.plan.Stage;
import dev.kith.run.plan.UpdateCosts;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A plan for programs; instants in UTC, times in milliseconds. */
public final class PlanJson {

  private final JsonGenerator json;

  private PlanJson(JsonGenerator json) {
    this.json = json;
  }

  /**
   * Prints it.
   *
   * @param range how far a range of days is done; the plan is that of its next day
   */
  public static void print(PlannedRun planned, Optional<RangeProgress> range, Terminal terminal)
      throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(terminal.out())) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.useDefaultPrettyPrinter();
      new PlanJson(json).write(planned.plan(), planned.pause(), range);
    }
    terminal.out().println();
  }

  private void write(Plan plan, Optional<Pause> pause, Optional<RangeProgress> range)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("environment", plan.environment());
    if (plan.parent().isPresent()) {
      json.writeStringField("parent", plan.parent().get().id());
    }
    if (plan.asOf().isPresent()) {
      json.writeStringField("as_of", plan.asOf().get().toString());
    }
    json.writeBooleanField("paused", pause.isPresent());
    json.writeBooleanField("up_to_date", plan.isEmpty());
    if (plan.estimate().isPresent()) {
      json.writeNumberField("estimated_ms", plan.estimate().get().toMillis());
    }
    json.writeArrayFieldStart("stages");
    for (Stage stage : plan.stages()) {
      json.writeStartObject();
      json.writeStringField("table", stage.table().toString());
      stage(stage);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("changes");
    for (ReaderChange change : plan.changes()) {
      change(change);
    }
    json.writeEndArray();
    if (range.isPresent()) {
      days(range.get());
    }
    json.writeEndObject();
  }

  private void days(RangeProgress range) throws IOException {
    json.writeArrayFieldStart("days");
    for (LocalDate day : range.range().days()) {
      json.writeStartObject();
      json.writeStringField("day", day.toString());
      @Nullable Release done = range.done().get(day);
      json.writeBooleanField("done", done != null);
      if (done != null) {
        json.writeStringField("release", done.id());
        names("unless", range.unless());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void stage(Stage stage) throws IOException {
    if (stage instanceof Stage.Read read) {
      json.writeStringField("action", "read");
      json.writeStringField("what", read.what());
      json.writeStringField(
          "new_rows", read.certain().map(sure -> sure ? "yes" : "no").orElse("unknown"));
      json.writeBooleanField("definition_changed", read.changed());
      if (read.change().isPresent()) {
        definition(read.change().get());
      }
    } else if (stage instanceof Stage.Keep keep) {
      json.writeStringField("action", "keep");
      json.writeNumberField("rows", keep.rows());
      json.writeBooleanField("seen", keep.seen());
      names("unless", keep.unless());
      names("unaffected_by", keep.unaffectedBy());
      json.writeNumberField("checks", keep.checks());
      copies(keep.copies());
    } else if (stage instanceof Stage.Build build) {
      build(build);
    } else {
      json.writeStringField("action", stage instanceof Stage.Leave ? "leave" : "drop");
    }
  }

  private void build(Stage.Build build) throws IOException {
    json.writeStringField("action", "build");
    json.writeStringField("reason", build.reason().kind());
    json.writeStringField("why", build.reason().text(ZoneOffset.UTC));
    if (build.reason() instanceof BuildReason.DefinitionChanged changed
        && changed.change().isPresent()) {
      definition(changed.change().get());
    }
    json.writeStringField("method", name(build.method()));
    if (build.method() instanceof Method.Columns columns) {
      texts("computed", columns.computed());
      texts("taken_over", columns.taken());
      json.writeBooleanField("keeps_state", columns.keepsState());
      if (columns.then().isPresent()) {
        json.writeStringField("then", name(columns.then().get()));
      }
    }
    if (build.costs().isPresent()) {
      costs(build.costs().get());
    }
    if (build.reading().isPresent()) {
      json.writeNumberField("rows_to_read", build.reading().get().rows());
      json.writeNumberField("bytes_to_read", build.reading().get().bytes());
    }
    if (build.estimate().isPresent()) {
      json.writeNumberField("estimated_ms", build.estimate().get().toMillis());
    }
    json.writeNumberField("checks", build.checks());
    copies(build.copies());
  }

  private void copies(List<TableName> events) throws IOException {
    if (!events.isEmpty()) {
      names("copies", events);
    }
  }

  private static String name(Method method) {
    return method.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** In rows, of each way there is. */
  private void costs(UpdateCosts costs) throws IOException {
    json.writeObjectFieldStart("costs");
    json.writeNumberField("delta", costs.delta());
    json.writeNumberField("touched", costs.touched());
    json.writeNumberField("whole", costs.whole());
    json.writeNumberField("whole_keeping_state", costs.keeping());
    json.writeEndObject();
  }

  private void definition(DefinitionChange change) throws IOException {
    json.writeObjectFieldStart("change");
    json.writeStringField("consequence", change.consequence().name().toLowerCase(Locale.ROOT));
    json.writeNumberField("columns_that_stay", change.columnsThatStay());
    json.writeArrayFieldStart("parts");
    for (PartChange part : change.changes()) {
      json.writeStartObject();
      json.writeStringField("kind", part.kind().name().toLowerCase(Locale.ROOT));
      json.writeStringField("name", part.name());
      if (part.before().isPresent()) {
        json.writeStringField("before", part.before().get());
      }
      if (part.after().isPresent()) {
        json.writeStringField("after", part.after().get());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void change(ReaderChange change) throws IOException {
    json.writeStartObject();
    json.writeStringField("table", change.table().toString());
    json.writeArrayFieldStart("differences");
    for (Difference difference : change.differences()) {
      SchemaDifferenceJson.write(difference, json);
    }
    json.writeEndArray();
    names("used_by", change.usedBy());
    json.writeEndObject();
  }

  private void names(String field, Collection<TableName> names) throws IOException {
    texts(field, names.stream().map(TableName::toString).toList());
  }

  private void texts(String field, List<String> texts) throws IOException {
    json.writeArrayFieldStart(field);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
