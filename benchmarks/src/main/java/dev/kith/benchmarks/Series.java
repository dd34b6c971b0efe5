package dev.kith.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The trials of one contestant, in order. */
record Series(String name, List<Trial> trials) {

  Series {
    trials = List.copyOf(trials);
  }

  Spread spread(ToDoubleFunction<Trial> figure) {
    return Spread.of(trials.stream().mapToDouble(figure));
  }
}
