package dev.kith.model.definition;

import dev.kith.model.Located;
import dev.kith.model.SourceSpan;
import java.util.List;

/** The rows of a test, in one of the ways in which they can be written. */
public sealed interface TestRows {

  /** Where they are written. */
  SourceSpan span();

  /** In YAML. */
  record Inline(List<Row> rows, SourceSpan span) implements TestRows {
    public Inline {
      rows = List.copyOf(rows);
    }
  }

  /** As CSV, the names of columns in the first line; an empty field is NULL, {@code ""} is text. */
  record Csv(Located<String> text) implements TestRows {
    @Override
    public SourceSpan span() {
      return text.span();
    }
  }

  /**
   * As a CSV file.
   *
   * @param path relative to the project folder
   */
  record File(Located<String> path) implements TestRows {
    @Override
    public SourceSpan span() {
      return path.span();
    }
  }

  /** As a query that reads no table. */
  record Sql(Located<String> query) implements TestRows {
    @Override
    public SourceSpan span() {
      return query.span();
    }
  }

  /** A row in YAML: the columns that it names. */
  record Row(List<Field> fields, SourceSpan span) {
    public Row {
      fields = List.copyOf(fields);
    }
  }

  /** A column of a row, or a field of a struct. */
  record Field(Located<String> name, Value value) {}

  /** A value in YAML, before it is known what type it has to have. */
  sealed interface Value {

    SourceSpan span();

    /** NULL. */
    record Nothing(SourceSpan span) implements Value {}

    /** A number, text, time or truth value, as written: {@code 1.10} stays {@code 1.10}. */
    record Scalar(String text, SourceSpan span) implements Value {}

    /** A list. */
    record Items(List<Value> items, SourceSpan span) implements Value {
      public Items {
        items = List.copyOf(items);
      }
    }

    /** A struct or a map. */
    record Fields(List<Field> fields, SourceSpan span) implements Value {
      public Fields {
        fields = List.copyOf(fields);
      }
    }
  }
}
