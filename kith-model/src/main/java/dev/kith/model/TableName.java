package dev.kith.model;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The logical name of a source, table or profile: {@code orders} or {@code sales.orders}. Names are
 * compared without regard to case and kept in lower case.
 *
 * @param schema the folder below {@code sources/}, {@code tables/} or {@code profiles/}, or nothing
 */
public record TableName(Optional<String> schema, String name) implements Comparable<TableName> {

  private static final Pattern IDENTIFIER = Pattern.compile("[a-z_][a-z0-9_]*");

  public TableName {
    schema = schema.map(text -> text.toLowerCase(Locale.ROOT));
    name = name.toLowerCase(Locale.ROOT);
    if (!isIdentifier(name) || !schema.map(TableName::isIdentifier).orElse(true)) {
      throw new IllegalArgumentException(
          "Cannot name a table: " + schema.map(text -> text + ".").orElse("") + name);
    }
  }

  public static TableName of(String name) {
    return new TableName(Optional.empty(), name);
  }

  /** Reads {@code name} or {@code schema.name}. */
  public static TableName parse(String text) {
    int dot = text.indexOf('.');
    return dot < 0
        ? of(text)
        : new TableName(Optional.of(text.substring(0, dot)), text.substring(dot + 1));
  }

  /** Whether the text, in lower case, is a letter or underscore followed by letters and digits. */
  public static boolean isIdentifier(String text) {
    return IDENTIFIER.matcher(text.toLowerCase(Locale.ROOT)).matches();
  }

  /** The name of a companion table in the same schema, such as {@code orders_rejected}. */
  public TableName withSuffix(String suffix) {
    return new TableName(schema, name + suffix);
  }

  /** As SQL: each part in double quotes. */
  public String quoted() {
    return schema.map(text -> "\"" + text + "\".").orElse("") + "\"" + name + "\"";
  }

  @Override
  public int compareTo(TableName other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return schema.map(text -> text + "." + name).orElse(name);
  }
}
