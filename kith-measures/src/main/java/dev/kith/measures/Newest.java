package dev.kith.measures;

import dev.kith.measures.CompiledQuery.Step;
import dev.kith.model.definition.Window;
import dev.kith.model.definition.Window.Direction;
import dev.kith.model.type.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lists of the latest values or rows, newest first. Looking back, the newest of a shorter window
 * are those of the newest at all that are within it; so only as many as the longest list are kept.
 */
final class Newest extends Family {

  private static final String RANK = "kith_rank";

  private final String condition;
  private final String value;
  private final List<String> order;
  private int most;

  private Newest(
      String name,
      EventTable events,
      Direction direction,
      Optional<String> filter,
      String condition,
      List<String> fields,
      List<String> values,
      List<String> tieBreakers) {
    super(name, events, direction, filter);
    this.condition = condition;
    this.order =
        Stream.concat(events.order().stream().map(Column::quotedName), tieBreakers.stream())
            .map(columns()::name)
            .distinct()
            .map(Dialect::descending)
            .toList();
    List<String> names = values.stream().map(columns()::name).toList();
    this.value = fields.isEmpty() ? names.get(0) : Dialect.struct(fields, names);
  }

  /**
   * Of the values of an expression that are not NULL.
   *
   * @param ordered whether values have an order of their own, to decide what no column decides
   */
  static Newest values(
      String name,
      EventTable events,
      Direction direction,
      Optional<String> filter,
      String expression,
      boolean ordered) {
    return new Newest(
        name,
        events,
        direction,
        filter,
        expression + " IS NOT NULL",
        List.of(),
        List.of(expression),
        ordered ? List.of(expression) : List.of());
  }

  /** Of rows, as structs of some columns, which also decide what the events' order does not. */
  static Newest rows(String name, EventTable events, List<Column> fields) {
    return new Newest(
        name,
        events,
        Direction.BACK,
        Optional.empty(),
        "TRUE",
        fields.stream().map(Column::name).toList(),
        fields.stream().map(Column::quotedName).toList(),
        fields.stream()
            .filter(column -> AggregateFunction.hasOrder(column.type()))
            .map(Column::quotedName)
            .toList());
  }

  String list(int limit, Window window) {
    most = Math.max(most, limit);
    return result(
        "list " + limit,
        window,
        frame ->
            Dialect.firstOf(
                Dialect.list(value, RANK) + Sql.filter(within(frame, window, Frame.AT)), limit));
  }

  @Override
  List<Step> steps(Frame frame) {
    List<String> inOrder = new ArrayList<>();
    inOrder.add(Dialect.descending(Frame.AT));
    inOrder.addAll(order);
    List<String> ranked = new ArrayList<>(frame.group());
    ranked.add(Frame.AT);
    ranked.addAll(columns().all());
    ranked.add(
        "row_number() OVER (PARTITION BY "
            + String.join(", ", frame.unit())
            + " ORDER BY "
            + String.join(", ", inOrder)
            + ") AS "
            + RANK);
    String all =
        "(" + Sql.select(ranked, "(" + scan(frame, condition) + ") AS s", List.of()) + ") AS r";
    List<String> kept = reach().looksBack() ? List.of(RANK + " <= " + most) : List.of();
    return List.of(
        step(frame, definitions(frame), "(" + Sql.select(List.of("*"), all, kept) + ") AS r"));
  }
}
