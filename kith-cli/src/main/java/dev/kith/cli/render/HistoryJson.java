package dev.kith.cli.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.kith.lake.Release;
import dev.kith.lake.ReleaseOrigin;
import dev.kith.lake.RunRecord;
import dev.kith.lake.RunStep;
import dev.kith.run.release.HistoryEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Runs and releases for programs; instants in UTC, times in milliseconds. */
public final class HistoryJson {

  private final JsonGenerator json;

  private HistoryJson(JsonGenerator json) {
    this.json = json;
  }

  /** As a list. */
  public static void print(List<HistoryEntry> entries, Terminal terminal) throws IOException {
    try (JsonGenerator json = generator(terminal)) {
      json.writeStartArray();
      for (HistoryEntry entry : entries) {
        new HistoryJson(json).write(entry);
      }
      json.writeEndArray();
    }
    terminal.out().println();
  }

  /** As an object. */
  public static void print(HistoryEntry entry, Terminal terminal) throws IOException {
    try (JsonGenerator json = generator(terminal)) {
      new HistoryJson(json).write(entry);
    }
    terminal.out().println();
  }

  private static JsonGenerator generator(Terminal terminal) throws IOException {
    JsonGenerator json = new JsonFactory().createGenerator(terminal.out());
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.useDefaultPrettyPrinter();
    return json;
  }

  private void write(HistoryEntry entry) throws IOException {
    json.writeStartObject();
    json.writeStringField("at", entry.at().toString());
    json.writeStringField("by", entry.by());
    if (entry.release().isPresent()) {
      release(entry.release().get());
    }
    if (entry.run().isPresent()) {
      run(entry.run().get());
      json.writeArrayFieldStart("steps");
      for (RunStep step : entry.steps()) {
        step(step);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private void release(Release release) throws IOException {
    json.writeObjectFieldStart("release");
    json.writeStringField("id", release.id());
    json.writeNumberField("number", release.sequence());
    json.writeStringField("environment", release.environment());
    json.writeStringField("published_at", release.createdAt().toString());
    text("parent", release.parent());
    text("base", release.base());
    if (release.origin() instanceof ReleaseOrigin.RolledBack back) {
      json.writeStringField("rolled_back_to", back.release());
    } else if (release.origin() instanceof ReleaseOrigin.Promoted promoted) {
      json.writeStringField("promoted_from", promoted.release());
    }
    json.writeEndObject();
  }

  private void run(RunRecord run) throws IOException {
    json.writeObjectFieldStart("run");
    json.writeStringField("id", run.id());
    json.writeStringField("environment", run.environment());
    json.writeStringField("command", run.command());
    json.writeStringField("status", word(run.status()));
    json.writeStringField("started_at", run.startedAt().toString());
    text("finished_at", run.finishedAt().map(Instant::toString));
    text("as_of", run.asOf().map(Instant::toString));
    text("fault_code", run.fault().map(RunRecord.Fault::code));
    text("fault", run.fault().map(RunRecord.Fault::message));
    json.writeStringField("kith", run.kithVersion());
    json.writeStringField("engine", run.engineVersion());
    json.writeEndObject();
  }

  private void step(RunStep step) throws IOException {
    json.writeStartObject();
    json.writeStringField("table", step.table().toString());
    json.writeStringField("action", word(step.action()));
    json.writeStringField("reason", step.reason());
    json.writeStringField("status", word(step.status()));
    json.writeNumberField("rows", step.rows());
    json.writeNumberField("rows_added", step.rowsAdded());
    json.writeNumberField("rows_deleted", step.rowsDeleted());
    json.writeNumberField("bytes_written", step.bytesWritten());
    json.writeNumberField("milliseconds", step.duration().toMillis());
    json.writeEndObject();
  }

  private void text(String name, Optional<String> value) throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get());
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
