package dev.kith.measures;

import dev.kith.measures.CompiledQuery.Step;
import dev.kith.model.definition.Window;
import dev.kith.model.definition.Window.Direction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * First or last values. The time is found first, which is cheap; only the few events at that time
 * are then put in order by their other columns, which is not.
 */
final class Extremity extends Family {

  private final boolean last;
  private final String expression;
  private final Map<Window, String> times = new LinkedHashMap<>();

  Extremity(
      String name,
      EventTable events,
      Direction direction,
      Optional<String> filter,
      String expression,
      boolean last) {
    super(name, events, direction, filter);
    this.last = last;
    this.expression = expression;
  }

  /**
   * The value of the window's first or last event that has one.
   *
   * @param ordered whether values have an order of their own, to decide what no column decides
   */
  String value(Window window, boolean ordered) {
    String time = times.computeIfAbsent(window, key -> "t" + (times.size() + 1));
    String value = columns().name(expression);
    List<String> order = new ArrayList<>();
    events().order().forEach(column -> order.add(columns().name(column.quotedName())));
    if (ordered || order.isEmpty()) {
      order.add(value);
    }
    return result(
        "value",
        window,
        frame ->
            (last ? Dialect.valueOfLast(value, order) : Dialect.valueOfFirst(value, order))
                + Sql.filter(List.of(Frame.AT + " = " + time)));
  }

  @Override
  List<Step> steps(Frame frame) {
    String at = name() + "_at";
    List<String> selected = new ArrayList<>();
    frame.unit().forEach(column -> selected.add("s." + column));
    selected.addAll(definitions(frame));
    String on =
        frame.unit().stream()
            .map(column -> "x." + column + " = s." + column)
            .collect(Collectors.joining(" AND "));
    String atOne =
        times.values().stream()
            .distinct()
            .map(time -> "s." + Frame.AT + " = x." + time)
            .collect(Collectors.joining(" OR "));
    String from = "(" + events(frame) + ") AS s JOIN " + at + " AS x ON " + on;
    String group =
        frame.unit().stream().map(column -> "s." + column).collect(Collectors.joining(", "));
    return List.of(
        new Step(at, times(frame)),
        new Step(
            name(),
            Sql.select(selected, from, List.of("(" + atOne + ")")) + "\n  GROUP BY " + group));
  }

  private String events(Frame frame) {
    return scan(frame, expression + " IS NOT NULL");
  }

  /** The time that is looked for, per window. */
  private String times(Frame frame) {
    List<String> selected = new ArrayList<>(frame.unit());
    String extreme = (last ? "max(" : "min(") + Frame.AT + ")";
    times.forEach(
        (window, time) ->
            selected.add(extreme + Sql.filter(within(frame, window, Frame.AT)) + " AS " + time));
    return Sql.select(selected, "(" + events(frame) + ") AS s", List.of())
        + "\n  GROUP BY "
        + String.join(", ", frame.unit());
  }
}
