package dev.kith.cli.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.kith.run.TableInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The tables of a release. */
public final class TableListing {

  private final Terminal terminal;
  private final Instant now;

  public TableListing(Terminal terminal, Instant now) {
    this.terminal = terminal;
    this.now = now;
  }

  /** For people, with ages. */
  public void table(List<TableInfo> tables) {
    TextTable table =
        new TextTable(
            List.of("table", "kind", "rows", "size", "columns", "changed"),
            List.of(false, false, true, true, true, false));
    for (TableInfo info : tables) {
      table.add(
          List.of(
              info.name().toString(),
              kind(info),
              Text.count(info.rows()),
              Text.bytes(info.bytes()),
              String.valueOf(info.schema().columns().size()),
              age(Duration.between(info.changedAt(), now))));
    }
    table.print(terminal);
  }

  /** For programs; instants in UTC. */
  public void json(List<TableInfo> tables) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(terminal.out())) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.useDefaultPrettyPrinter();
      json.writeStartArray();
      for (TableInfo info : tables) {
        json.writeStartObject();
        json.writeStringField("table", info.name().toString());
        json.writeStringField("kind", kind(info));
        json.writeNumberField("rows", info.rows());
        json.writeNumberField("bytes", info.bytes());
        json.writeStringField("changed_at", info.changedAt().toString());
        json.writeArrayFieldStart("columns");
        for (var column : info.schema().columns()) {
          json.writeStartObject();
          json.writeStringField("name", column.name());
          json.writeStringField("type", column.type().sql());
          json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    terminal.out().println();
  }

  private static String kind(TableInfo info) {
    return info.kind().name().toLowerCase(Locale.ROOT);
  }

  private static String age(Duration age) {
    if (age.toMinutes() < 1) {
      return "just now";
    }
    if (age.toHours() < 1) {
      return age.toMinutes() + " min ago";
    }
    return age.toHours() < 48 ? age.toHours() + " h ago" : age.toDays() + " days ago";
  }
}
