package dev.kith.model.type;

/** A named, typed column of a table, or field of a struct. Any value may be NULL. */
public record Column(String name, DataType type) {

  /** The name as a quoted SQL identifier. */
  public String quotedName() {
    return quote(name);
  }

  static String quote(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  @Override
  public String toString() {
    return quotedName() + " " + type.sql();
  }
}
