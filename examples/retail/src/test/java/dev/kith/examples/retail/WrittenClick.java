package dev.kith.examples.retail;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An event as it is read back from the files; empty text is a JSON null. */
record WrittenClick(
    String id,
    Instant at,
    String customer,
    String cookie,
    String session,
    String kind,
    String product,
    String url) {

  private static final Pattern FIELD =
      Pattern.compile("\"([a-z_]+)\":(?:\"([^\"]*)\"|([0-9]+)|null)");
  private static final Pattern WHOLE =
      Pattern.compile("\\{\"event_id\":\"[0-9a-f]{16}\",\"occurred_at\":\"[0-9].*}");

  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  static List<String> lines(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : files(folder)) {
      try (BufferedReader reader = Sales.reader(file)) {
        reader.lines().forEach(lines::add);
      }
    }
    return lines;
  }

  /** Events whose line is whole; of an event that was delivered twice, the first. */
  static List<WrittenClick> readAll(Path folder) throws IOException {
    Set<String> seen = new HashSet<>();
    List<WrittenClick> events = new ArrayList<>();
    for (String line : lines(folder)) {
      if (WHOLE.matcher(line).matches()) {
        WrittenClick event = parse(line);
        if (seen.add(event.id())) {
          events.add(event);
        }
      }
    }
    return events;
  }

  private static WrittenClick parse(String line) {
    Map<String, String> fields = new HashMap<>();
    Matcher field = FIELD.matcher(line);
    while (field.find()) {
      String value = field.group(2) == null ? field.group(3) : field.group(2);
      if (value != null) {
        fields.put(field.group(1), value);
      }
    }
    return new WrittenClick(
        fields.getOrDefault("event_id", ""),
        Instant.parse(fields.getOrDefault("occurred_at", "")),
        fields.getOrDefault("customer_id", ""),
        fields.getOrDefault("anonymous_id", ""),
        fields.getOrDefault("session_id", ""),
        fields.getOrDefault("kind", ""),
        fields.getOrDefault("product", ""),
        fields.getOrDefault("url", ""));
  }
}
