package dev.kith.project;

import java.util.Optional;

/**
 * A key of a definition file.
 *
 * @param doc what it says, in a sentence of Markdown
 * @param assumed what holds when it is not given, for people to read
 * @param standing whether this version acts on it
 */
record Key(
    String name,
    Shape shape,
    String doc,
    boolean required,
    Optional<String> assumed,
    Standing standing) {

  enum Standing {
    USED,
    /** Read with a warning: a later version will act on it. */
    LATER
  }

  static Key required(String name, Shape shape, String doc) {
    return new Key(name, shape, doc, true, Optional.empty(), Standing.USED);
  }

  static Key optional(String name, Shape shape, String doc) {
    return new Key(name, shape, doc, false, Optional.empty(), Standing.USED);
  }

  /** A key of the design that this version does not act on yet. */
  static Key later(String name, String doc) {
    return new Key(name, new Shape.Anything(), doc, false, Optional.empty(), Standing.LATER);
  }

  Key otherwise(String value) {
    return new Key(name, shape, doc, required, Optional.of(value), standing);
  }
}
