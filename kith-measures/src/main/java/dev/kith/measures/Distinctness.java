package dev.kith.measures;

import dev.kith.measures.CompiledQuery.Step;
import dev.kith.model.definition.Window;
import dev.kith.model.definition.Window.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Counts of different values: a value is in a window if the event with it that is nearest to the
 * instant is. So one row per person and value serves all windows.
 */
final class Distinctness extends Family {

  private final String expression;

  Distinctness(
      String name,
      EventTable events,
      Direction direction,
      Optional<String> filter,
      String expression) {
    super(name, events, direction, filter);
    this.expression = expression;
  }

  String count(Window window) {
    return result(
        "count", window, frame -> "count(*)" + Sql.filter(within(frame, window, Frame.AT)));
  }

  @Override
  List<Step> steps(Frame frame) {
    String value = columns().name(expression);
    String nearest = reach().looksBack() ? "max(" : "min(";
    List<String> perValue = new ArrayList<>(frame.group());
    perValue.add(nearest + Frame.AT + ") AS " + Frame.AT);
    String from =
        "("
            + Sql.select(
                perValue, "(" + scan(frame, expression + " IS NOT NULL") + ") AS s", List.of())
            + "\n  GROUP BY "
            + String.join(", ", frame.group())
            + ", "
            + value
            + ") AS v";
    return List.of(step(frame, definitions(frame), from));
  }
}
