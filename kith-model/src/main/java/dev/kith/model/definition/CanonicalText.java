package dev.kith.model.definition;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Lines of {@code name "value" ...}: different settings never give the same text. */
final class CanonicalText {

  private final StringBuilder out = new StringBuilder();

  CanonicalText put(String name, Collection<String> values) {
    if (!values.isEmpty()) {
      out.append(name);
      values.forEach(value -> out.append(' ').append(quoted(value)));
      out.append('\n');
    }
    return this;
  }

  CanonicalText put(String name, String value) {
    return put(name, List.of(value));
  }

  CanonicalText put(String name, Optional<String> value) {
    return put(name, value.stream().toList());
  }

  /** Names of columns, which are compared without regard to case. */
  CanonicalText putColumns(String name, Collection<String> columns) {
    return put(name, columns.stream().map(CanonicalText::column).toList());
  }

  static String column(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
