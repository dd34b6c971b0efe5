package dev.kith.measures;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The instants in [from, to). */
public record Interval(Instant from, Instant to) {

  public Interval {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("Cannot make an interval of nothing: " + from + ", " + to);
    }
  }

  /** From the earlier to the later of two instants; nothing if they are one. */
  static Optional<Interval> between(Instant one, Instant other) {
    if (one.equals(other)) {
      return Optional.empty();
    }
    return Optional.of(one.isBefore(other) ? new Interval(one, other) : new Interval(other, one));
  }

  /** The same instants in as few intervals as will do, in order. */
  static List<Interval> merged(Collection<Interval> intervals) {
    List<Interval> merged = new ArrayList<>();
    for (Interval next : intervals.stream().sorted(Comparator.comparing(Interval::from)).toList()) {
      Interval last = merged.isEmpty() ? next : merged.get(merged.size() - 1);
      if (merged.isEmpty() || next.from().isAfter(last.to())) {
        merged.add(next);
      } else if (next.to().isAfter(last.to())) {
        merged.set(merged.size() - 1, new Interval(last.from(), next.to()));
      }
    }
    return List.copyOf(merged);
  }

  /** What lies in it and in another one. */
  Optional<Interval> intersection(Interval other) {
    Instant begin = from.isAfter(other.from) ? from : other.from;
    Instant end = to.isBefore(other.to) ? to : other.to;
    return begin.isBefore(end) ? Optional.of(new Interval(begin, end)) : Optional.empty();
  }

  /**
   * What is left of it, in order.
   *
   * @param parts of it, in order, that do not overlap
   */
  List<Interval> without(List<Interval> parts) {
    List<Interval> rest = new ArrayList<>();
    Instant begin = from;
    for (Interval part : parts) {
      between(begin, part.from).ifPresent(rest::add);
      begin = part.to;
    }
    between(begin, to).ifPresent(rest::add);
    return rest;
  }

  /** How much of another one lies in it. */
  public Duration overlap(Interval other) {
    return intersection(other)
        .map(both -> Duration.between(both.from, both.to))
        .orElse(Duration.ZERO);
  }

  /** That an instant lies in it; what begins at {@link Instant#MIN} has no beginning. */
  List<String> contains(String at) {
    String before = at + " < " + Dialect.instant(to);
    return from.equals(Instant.MIN)
        ? List.of(before)
        : List.of(at + " >= " + Dialect.instant(from), before);
  }
}
