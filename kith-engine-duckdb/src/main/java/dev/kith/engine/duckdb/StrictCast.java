package dev.kith.engine.duckdb;

import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Decimal;
import dev.kith.model.type.DataType.Primitive;
import java.util.Optional;

/**
 * Casts that change no value. DuckDB's own cast rounds 1.5 to an integer and cuts the time off a
 * timestamp; here a value that does not come back from the cast as it was ends the statement.
 */
final class StrictCast {

  /** Begins the message of a statement that met such a value. */
  static final String COMPLAINT = "does not fit its column: ";

  private StrictCast() {}

  /**
   * @param column the expression to cast
   * @param from its type as DuckDB spells it
   * @param name of the target column, for messages
   */
  static String expression(String column, String from, DataType to, String name) {
    if (from.equals(to.sql())) {
      return column;
    }
    String cast = "CAST(" + column + " AS " + to.sql() + ")";
    Optional<DataType> source = DataType.parse(from);
    if (source.isPresent() && isExact(source.get(), to)) {
      return cast;
    }
    // Text is compared as a number: '1.50' is 1.5, and '1.5' is no integer.
    boolean number = source.equals(Optional.of(Primitive.TEXT)) && to.isNumber();
    String there = number ? "CAST(" + column + " AS DOUBLE)" : column;
    String back = "CAST(" + cast + " AS " + (number ? "DOUBLE" : from) + ")";
    String complaint = "a value of type " + from + " " + COMPLAINT + name + " " + to.sql();
    return "CASE WHEN %s IS NOT DISTINCT FROM %s THEN %s ELSE error(%s) END"
        .formatted(there, back, cast, Sql.literal(complaint));
  }

  /** Whether DuckDB's cast keeps every value, or ends the statement by itself. */
  private static boolean isExact(DataType from, DataType to) {
    if (from.equals(to) || (to == Primitive.TEXT && !from.isNested())) {
      return true;
    }
    if (from == Primitive.TEXT) {
      return !to.isNumber() && !to.isNested();
    }
    if (from == Primitive.INTEGER || from == Primitive.BIGINT) {
      return to.isExactNumber() || (from == Primitive.INTEGER && to == Primitive.DOUBLE);
    }
    if (from instanceof Decimal decimal) {
      return to instanceof Decimal wider && wider.scale() >= decimal.scale();
    }
    return (from == Primitive.FLOAT && to == Primitive.DOUBLE)
        || (from == Primitive.DATE && to == Primitive.TIMESTAMP);
  }
}
