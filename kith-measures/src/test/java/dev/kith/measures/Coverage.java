package dev.kith.measures;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Counts what each aggregate has met, so that a generator that misses an edge is noticed. */
final class Coverage {

  /** What has to be met. */
  enum Edge {
    TIE,
    NULL,
    ON_FAR_END,
    ON_INSTANT,
    CLOCKS_FORWARD,
    CLOCKS_BACK,
    LATE_ROW,
    NOTHING
  }

  private final Map<AggregateFunction, Map<Enum<?>, Integer>> met =
      new EnumMap<>(AggregateFunction.class);

  Coverage() {
    for (AggregateFunction function : AggregateFunction.values()) {
      met.put(function, new LinkedHashMap<>());
    }
  }

  /** How often an aggregate met something. */
  int met(AggregateFunction function, Enum<?> what) {
    return Objects.requireNonNull(met.get(function)).getOrDefault(what, 0);
  }

  /** Takes over what another one noted. */
  void add(Coverage other) {
    other.met.forEach(
        (function, counts) ->
            counts.forEach(
                (what, count) ->
                    Objects.requireNonNull(met.get(function)).merge(what, count, Integer::sum)));
  }

  /**
   * Notes what computing a measure for one person met.
   *
   * @param own the person's events
   * @param within those of them that count
   */
  void note(
      RandomCase data, Spec spec, List<Event> own, String window, Instant t, List<Event> within) {
    AggregateFunction function = spec.function();
    note(function, Edge.TIE, hasTie(spec, within));
    note(function, Edge.NULL, hasNull(spec, own, within));
    note(function, Edge.NOTHING, within.isEmpty());
    note(function, Edge.ON_INSTANT, own.stream().anyMatch(e -> t.equals(e.at())));
    boolean late = false;
    for (int i = 1; i < within.size(); i++) {
      late |= at(within.get(i)).isBefore(at(within.get(i - 1)));
    }
    note(function, Edge.LATE_ROW, late);
    if (!window.equals("ever")) {
      Instant end = new Oracle(data.zone, data.hasId).farEnd(window, t);
      Instant from = end.isBefore(t) ? end : t;
      Instant to = end.isBefore(t) ? t : end;
      note(function, Edge.ON_FAR_END, own.stream().anyMatch(e -> end.equals(e.at())));
      boolean exact = window.endsWith("m") || window.endsWith("h");
      if (!exact && !within.isEmpty()) {
        note(function, Edge.CLOCKS_FORWARD, data.clocksChange(from, to, true));
        note(function, Edge.CLOCKS_BACK, data.clocksChange(from, to, false));
      }
    }
  }

  private void note(AggregateFunction function, Enum<?> what, boolean there) {
    if (there) {
      note(function, what);
    }
  }

  void note(AggregateFunction function, Enum<?> what) {
    Objects.requireNonNull(met.get(function)).merge(what, 1, Integer::sum);
  }

  private static Instant at(Event event) {
    return Objects.requireNonNull(event.at());
  }

  /** That the rule for ties decides, or, where there is none, that two events look alike. */
  private static boolean hasTie(Spec spec, List<Event> within) {
    List<Object> values = new ArrayList<>();
    List<Instant> times = new ArrayList<>();
    for (Event event : within) {
      Object value = spec.value().of().apply(event);
      if (value != null || !spec.ofValues()) {
        times.add(at(event));
        values.add(value == null ? at(event) : value);
      }
    }
    return switch (spec.function()) {
      case MODE, TOP -> {
        List<Object> frequent = Oracle.mostFrequent(values);
        yield frequent.size() > 1
            && values.stream().filter(frequent.get(0)::equals).count()
                == values.stream().filter(frequent.get(1)::equals).count();
      }
      case FIRST, LAST, LATEST -> new HashSet<>(times).size() < times.size();
      default -> new HashSet<>(values).size() < values.size();
    };
  }

  private static boolean hasNull(Spec spec, List<Event> own, List<Event> within) {
    return spec.ofValues()
        ? within.stream().anyMatch(e -> spec.value().of().apply(e) == null)
        : own.stream().anyMatch(e -> e.at() == null || spec.filter().of().apply(e) == null);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    met.forEach((function, edges) -> text.append(function).append(' ').append(edges).append('\n'));
    return text.toString();
  }
}
