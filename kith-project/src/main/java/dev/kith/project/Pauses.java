package dev.kith.project;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long to wait, as people write it: {@code 500ms}, {@code 2s}, {@code 1m}. */
final class Pauses {

  static final String PATTERN = "[0-9]{1,6}(ms|s|m)";

  private static final Pattern SYNTAX = Pattern.compile("([0-9]{1,6})(ms|s|m)");

  private Pauses() {}

  static Optional<Duration> parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long count = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(count);
          case "s" -> Duration.ofSeconds(count);
          default -> Duration.ofMinutes(count);
        });
  }
}
