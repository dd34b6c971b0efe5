package dev.kith.project;

import dev.kith.project.Shape.Choice;
import dev.kith.project.Shape.Either;
import dev.kith.project.Shape.Items;
import dev.kith.project.Shape.Keyed;
import dev.kith.project.Shape.Named;
import dev.kith.project.Shape.Nothing;
import dev.kith.project.Shape.Scalar;
import java.util.List;

/** Shapes that several kinds of files share. */
final class CommonKeys {

  static final Shape TEXT = new Scalar(Format.TEXT);
  static final Shape COLUMN = new Scalar(Format.COLUMN);
  static final Shape COLUMNS = new Items(COLUMN, true);
  static final Shape TRUTH = new Scalar(Format.TRUTH);

  static final Key DESCRIPTION =
      Key.optional("description", TEXT, "What people should know. Changing it builds nothing.");
  static final Key OWNER = Key.optional("owner", TEXT, "Who answers for it.");
  static final Key TAGS =
      Key.optional("tags", new Items(TEXT, true), "Words to find it by, one or a list.");
  static final Key PII =
      Key.optional("pii", TRUTH, "Whether it identifies a person.").otherwise("false");

  private static final Shape VALUES = new Items(new Scalar(Format.LITERAL), true);
  private static final Shape BOUND = new Scalar(Format.TEXT);

  static final List<Key> REQUIREMENTS =
      List.of(
          Key.optional("not_null", COLUMNS, "Columns that must have a value."),
          Key.optional(
              "accepted_values",
              new Named(Format.COLUMN, VALUES),
              "A column and the values it may have. NULL passes."),
          Key.optional(
              "range",
              new Named(
                  Format.COLUMN,
                  Keyed.of(
                      "range",
                      Key.optional("min", BOUND, "The smallest value that passes."),
                      Key.optional("max", BOUND, "The largest value that passes."))),
              "A column and its bounds, both inclusive; one may be left out. NULL passes."),
          Key.optional(
              "matches",
              new Named(Format.COLUMN, new Scalar(Format.PATTERN)),
              "A column and a regular expression that its whole text must match. NULL"
                  + " passes."));

  private CommonKeys() {}

  /** {@code columns:} of a file that only documents them. */
  static Key columnDocumentation() {
    return Key.optional(
        "columns",
        new Named(
            Format.COLUMN,
            new Either(List.of(Keyed.of("a column", DESCRIPTION, PII, TAGS), new Nothing()))),
        "What people should know of columns, by name.");
  }

  static Shape oneOrMore(Shape element) {
    return new Items(element, true);
  }

  static Shape list(Shape element) {
    return new Items(element, false);
  }

  static Shape choice(String... words) {
    return new Choice(List.of(words));
  }

  static Shape scalar(Format format) {
    return new Scalar(format);
  }

  static Shape either(Shape... shapes) {
    return new Either(List.of(shapes));
  }

  /** A list whose elements each hold one of these keys. */
  static Shape listOfOne(String title, List<Key> keys) {
    return new Items(Keyed.oneOf(title, keys.toArray(Key[]::new)), false);
  }
}
