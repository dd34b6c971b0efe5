package dev.kith.cli.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.kith.run.EnvironmentInfo;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The environments of a project. */
public final class EnvironmentTable {

  private static final String NONE = "-";

  private final Terminal terminal;
  private final DateTimeFormatter time;
  private final Instant now;

  public EnvironmentTable(Terminal terminal, ZoneId zone, Instant now) {
    this.terminal = terminal;
    this.time = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(zone);
    this.now = now;
  }

  /** For people, in the project's zone. */
  public void print(List<EnvironmentInfo> environments) {
    TextTable table =
        new TextTable(
            List.of("environment", "release", "published", "built on", "own tables", "expires"),
            List.of(false, false, false, false, true, false));
    for (EnvironmentInfo info : environments) {
      table.add(
          List.of(
              info.name(),
              info.release().map(HistoryWords::reference).orElse(NONE),
              info.publishedAt().map(time::format).orElse(NONE),
              info.base().map(HistoryWords::reference).orElse(NONE),
              Text.bytes(info.bytes()),
              expires(info.expiresAt())));
    }
    table.print(terminal);
  }

  private String expires(Optional<Instant> at) {
    if (at.isEmpty()) {
      return "never";
    }
    return at.get().isAfter(now) ? time.format(at.get()) : "expired";
  }

  /** For programs; instants in UTC. */
  public void json(List<EnvironmentInfo> environments) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(terminal.out())) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.useDefaultPrettyPrinter();
      json.writeStartArray();
      for (EnvironmentInfo info : environments) {
        json.writeStartObject();
        json.writeStringField("environment", info.name());
        write(json, "release", info.release());
        write(json, "published_at", info.publishedAt().map(Instant::toString));
        write(json, "base", info.base());
        write(json, "expires_at", info.expiresAt().map(Instant::toString));
        json.writeNumberField("bytes", info.bytes());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    terminal.out().println();
  }

  private static void write(JsonGenerator json, String name, Optional<String> text)
      throws IOException {
    if (text.isPresent()) {
      json.writeStringField(name, text.get());
    }
  }
}
