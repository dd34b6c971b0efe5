package dev.kith.examples.retail;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writes events as single lines of JSON. Nothing needs escaping: every text is made of letters,
 * digits and URL punctuation.
 */
final class ClickJson {

  private static final DateTimeFormatter UTC_MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private ClickJson() {}

  static String line(Click click) {
    StringBuilder json = new StringBuilder(320);
    text(json, "{\"event_id\":", Hex.of(click.id()));
    text(json, ",\"occurred_at\":", UTC_MILLIS.format(Instant.ofEpochMilli(click.at())));
    number(json, ",\"customer_id\":", click.customer(), click.customer() != 0);
    text(json, ",\"anonymous_id\":", click.visitor().anonymousId());
    text(json, ",\"session_id\":", "s" + Hex.of(click.session()));
    text(json, ",\"kind\":", click.step().kind());
    text(json, ",\"product\":", click.step().product());
    text(json, ",\"url\":", click.step().url());
    text(json, ",\"device\":", click.visitor().device());
    text(json, ",\"referrer\":", click.referrer());
    text(json, ",\"ip\":", click.visitor().ip());
    number(json, ",\"dwell_ms\":", click.dwellMillis(), click.dwellMillis() >= 0);
    return json.append('}').toString();
  }

  private static void text(StringBuilder json, String name, String value) {
    json.append(name);
    if (value.isEmpty()) {
      json.append("null");
    } else {
      json.append('"').append(value).append('"');
    }
  }

  private static void number(StringBuilder json, String name, long value, boolean known) {
    json.append(name);
    if (known) {
      json.append(value);
    } else {
      json.append("null");
    }
  }
}
