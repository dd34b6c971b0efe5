package dev.kith.measures;

import dev.kith.measures.CompiledQuery.Step;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import java.util.List;
import java.util.Optional;

/**
 * Numbers that stand for values in what is kept of people: they are read and compared faster than
 * texts. A value keeps its number as long as the state is kept, whether or not it still occurs.
 *
 * <p>An event in a window of now was there when the state was first kept, or came to a window in
 * this update or an earlier one. So the values of what comes are all that a dictionary can lack.
 *
 * @param name of the step with the rows: each value with its number
 */
record Dictionary(String name, DataType type) {

  static final String VALUE = "kith_value";

  /** From 1 on; beyond 2^31 - 1 is an error. */
  static final String NUMBER = "kith_value_number";

  /**
   * @param values a query for values as {@link #VALUE}, each once
   */
  Step kept(String values) {
    List<Column> columns = List.of(new Column(VALUE, type), new Column(NUMBER, Primitive.INTEGER));
    return new Step(name, numbered(values, "0", List.of())).keeping(new TableSchema(columns));
  }

  /**
   * What was kept with the values that it lacked.
   *
   * @param values as in {@link #kept}, of what came
   */
  List<Step> extended(String values) {
    String state = CompiledUpdate.state(name).quoted();
    String known = VALUE + " NOT IN (SELECT " + VALUE + " FROM " + state + ")";
    String last = "(SELECT coalesce(max(" + NUMBER + "), 0) FROM " + state + ")";
    String columns = VALUE + ", " + NUMBER;
    return List.of(
        new Step(lacked(), numbered(values, last, List.of(known))),
        new Step(
            name,
            "SELECT %1$s FROM %2$s\nUNION ALL SELECT %1$s FROM %3$s"
                .formatted(columns, state, lacked())));
  }

  private String lacked() {
    return name + "_lacked";
  }

  private static String numbered(String values, String last, List<String> conditions) {
    String number =
        Dialect.cast(
            last + " + row_number() OVER (ORDER BY " + VALUE + ")", Primitive.INTEGER.sql());
    return Sql.select(
        List.of(VALUE, number + " AS " + NUMBER), "(" + values + ") AS d", conditions);
  }

  StateChange change() {
    return new StateChange(name, "SELECT * FROM " + lacked(), Optional.empty(), Optional.empty());
  }

  /** Rows of a scan with the numbers of a column's values, as {@code d}. */
  String join(String scan, String value) {
    return "(%s) AS s JOIN %s AS d ON d.%s = s.%s".formatted(scan, name, VALUE, value);
  }
}
