package dev.kith.measures;

import dev.kith.measures.CompiledQuery.Step;
import dev.kith.model.definition.Window;
import dev.kith.model.definition.Window.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Aggregates that read each event once and keep one value: counts, sums, extremes, quantiles. */
final class Accumulation extends Family {

  Accumulation(String name, EventTable events, Direction direction) {
    super(name, events, direction, Optional.empty());
  }

  /** Makes the rows name everybody with an event before the instant. */
  void includeEverybody() {
    reach().include(new Window.Ever());
  }

  /** {@code aggregate} over a window's events for which the filter holds. */
  String aggregate(String aggregate, Optional<String> filter, Window window) {
    Optional<String> condition = filter.map(columns()::name);
    return result(
        aggregate + condition.orElse(""),
        window,
        frame -> {
          List<String> conditions = new ArrayList<>(condition.stream().toList());
          conditions.addAll(within(frame, window, Frame.AT));
          return aggregate + Sql.filter(conditions);
        });
  }

  /** The latest time in a window that looks back: the latest at all, if that is in the window. */
  String latestTime(Optional<String> filter, Window window) {
    Optional<String> condition = filter.map(columns()::name);
    String latest = "max(" + Frame.AT + ")" + Sql.filter(condition.stream().toList());
    return result(
        "latest time" + condition.orElse(""),
        window,
        frame -> {
          List<String> inside = within(frame, window, latest);
          return inside.isEmpty()
              ? latest
              : "CASE WHEN " + inside.get(0) + " THEN " + latest + " END";
        });
  }

  @Override
  List<Step> steps(Frame frame) {
    return List.of(step(frame, definitions(frame), "(" + scan(frame) + ") AS s"));
  }
}
