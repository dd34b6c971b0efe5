package dev.kith.measures;

import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.TableSchema;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the events of people in tables, and says why where it can't. */
final class EventTables {

  private final Problems problems;

  EventTables(Problems problems) {
    this.problems = problems;
  }

  /**
   * The table's events.
   *
   * @param key the column that names the person, at the place that is wrong if it is missing
   * @param keyType the type that the key must have, if that is known yet
   */
  Optional<EventTable> of(
      InputTable table,
      Located<TableName> reference,
      Located<String> key,
      Optional<DataType> keyType) {
    Optional<Column> at = time(table, reference);
    Optional<Column> person = key(table.schema(), reference, key, keyType);
    if (at.isEmpty() || person.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new EventTable(table.name(), person.get().name(), at.get(), order(table, at.get())));
  }

  private Optional<Column> time(InputTable table, Located<TableName> reference) {
    Optional<Column> at = table.at().flatMap(table.schema()::column);
    if (at.isEmpty()) {
      problems.add(
          Diagnostic.error(
              MeasureCode.NO_TIME,
              reference.span(),
              "'" + reference.value() + "' does not say when its rows happened",
              "give it an `at:` column"));
    } else if (!isTime(at.get().type())) {
      problems.add(
          Diagnostic.error(
              MeasureCode.NO_TIME,
              reference.span(),
              "the `at:` of '%s' is '%s' of type %s"
                  .formatted(reference.value(), at.get().name(), at.get().type().sql()),
              "make it a TIMESTAMP WITH TIME ZONE, a TIMESTAMP or a DATE"));
      return Optional.empty();
    } else if (table.whyUnsafe().isPresent()) {
      problems.add(
          Diagnostic.error(
              MeasureCode.UNSAFE_TIME,
              reference.span(),
              "rows of '%s' may tell more than was known at '%s': %s"
                  .formatted(reference.value(), at.get().name(), table.whyUnsafe().get()),
              "if they do not, say `at_safe: true` in the table's settings"));
    }
    return at;
  }

  private static boolean isTime(DataType type) {
    return type == DataType.Primitive.INSTANT
        || type == DataType.Primitive.TIMESTAMP
        || type == DataType.Primitive.DATE;
  }

  /** The column that names the person. */
  Optional<Column> key(
      TableSchema schema,
      Located<TableName> reference,
      Located<String> key,
      Optional<DataType> keyType) {
    Optional<Column> column = schema.column(key.value());
    if (column.isEmpty()) {
      problems.add(
          Diagnostic.error(
              MeasureCode.NO_KEY,
              key.span(),
              "'%s' has no column '%s'".formatted(reference.value(), key.value()),
              "name the column that holds the person's key with `on:`"));
      return Optional.empty();
    }
    if (keyType.isPresent() && !keyType.get().equals(column.get().type())) {
      problems.add(
          Diagnostic.error(
              MeasureCode.KEY_TYPE,
              key.span(),
              "'%s' of '%s' is %s, but the profile's key is %s"
                  .formatted(
                      column.get().name(),
                      reference.value(),
                      column.get().type().sql(),
                      keyType.get().sql()),
              "cast it where the table is made"));
      return Optional.empty();
    }
    return column;
  }

  /** The id, or all columns that have an order and are the data's own, not Kith's. */
  private static List<Column> order(InputTable table, Column at) {
    Stream<Column> columns =
        table.id().isEmpty()
            ? table.schema().columns().stream().filter(column -> !column.name().startsWith("_"))
            : table.id().stream().flatMap(name -> table.schema().column(name).stream());
    return columns
        .filter(column -> !column.equals(at) && AggregateFunction.hasOrder(column.type()))
        .toList();
  }
}
