package dev.kith.measures;

import dev.kith.measures.CompiledQuery.Step;
import dev.kith.model.definition.Window;
import dev.kith.model.definition.Window.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Quantiles, which need all values of a window at the same time. */
final class Quantiles extends Family {

  Quantiles(String name, EventTable events, Direction direction) {
    super(name, events, direction, Optional.empty());
  }

  /**
   * @param expression a number
   * @param fraction of the values that are below the quantile, from 0 to 1
   */
  String quantile(String expression, double fraction, Optional<String> filter, Window window) {
    String quantile = Dialect.quantile(columns().name(expression), fraction);
    Optional<String> condition = filter.map(columns()::name);
    return result(
        quantile + condition.orElse(""),
        window,
        frame -> {
          List<String> conditions = new ArrayList<>(condition.stream().toList());
          conditions.addAll(within(frame, window, Frame.AT));
          return quantile + Sql.filter(conditions);
        });
  }

  @Override
  List<Step> steps(Frame frame) {
    return List.of(oneByOne(frame, "(" + scan(frame) + ") AS s"));
  }
}
