package dev.kith.measures;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What measures mean, computed in the plainest way: loops over lists. Shares nothing with the
 * compiler but the definitions.
 */
final class Oracle {

  private final ZoneId zone;
  private final boolean hasId;

  Oracle(ZoneId zone, boolean hasId) {
    this.zone = zone;
    this.hasId = hasId;
  }

  /** Where a window such as {@code 30d} or {@code next 2mo} ends that does not end at t. */
  Instant farEnd(String window, Instant t) {
    boolean ahead = window.startsWith("next ");
    String text = ahead ? window.substring(5) : window;
    int digits = Character.isDigit(text.charAt(1)) ? 2 : 1;
    String unit = text.substring(digits);
    long amount = Long.parseLong(text.substring(0, digits)) * (ahead ? 1 : -1);
    ZonedDateTime local = t.atZone(zone);
    return switch (unit) {
      case "m" -> t.plusSeconds(60 * amount);
      case "h" -> t.plusSeconds(3600 * amount);
      case "d" -> local.plusDays(amount).toInstant();
      case "w" -> local.plusWeeks(amount).toInstant();
      case "mo" -> local.plusMonths(amount).toInstant();
      case "y" -> local.plusYears(amount).toInstant();
      default -> throw new IllegalArgumentException(window);
    };
  }

  /** Whether a window holds a time. */
  Predicate<Instant> window(String window, Instant t) {
    if (window.equals("ever")) {
      return at -> at.isBefore(t);
    }
    Instant end = farEnd(window, t);
    return window.startsWith("next ")
        ? at -> !at.isBefore(t) && at.isBefore(end)
        : at -> !at.isBefore(end) && at.isBefore(t);
  }

  /**
   * The events in the window that pass the filter.
   *
   * @param own all events of the person
   */
  List<Event> inWindow(Spec spec, List<Event> own, String window, Instant t) {
    Predicate<Instant> within = window(window, t);
    List<Event> found = new ArrayList<>();
    for (Event event : own) {
      if (event.at() != null
          && within.test(event.at())
          && Boolean.TRUE.equals(spec.filter().of().apply(event))) {
        found.add(event);
      }
    }
    return found;
  }

  @Nullable Object compute(Spec spec, List<Event> events) {
    List<Object> values = new ArrayList<>();
    for (Event event : inOrder(spec, events)) {
      Object value = spec.value().of().apply(event);
      if (value != null) {
        values.add(value);
      }
    }
    return switch (spec.function()) {
      case COUNT_EVENTS -> (long) events.size();
      case SESSIONS -> sessions(events, spec.gap());
      case ACTIVE_DAYS ->
          events.stream().map(e -> time(e).atZone(zone).toLocalDate()).distinct().count();
      case COUNT -> (long) values.size();
      case COUNT_DISTINCT -> (long) new HashSet<>(values).size();
      default -> values.isEmpty() ? null : ofSome(spec, values);
    };
  }

  /** Of values in the order of their events. */
  private static @Nullable Object ofSome(Spec spec, List<Object> values) {
    int n = values.size();
    return switch (spec.function()) {
      case SUM -> sum(values);
      case AVERAGE -> doubles(values).sum() / n;
      case MINIMUM -> values.stream().min(Oracle::compare).orElseThrow();
      case MAXIMUM -> values.stream().max(Oracle::compare).orElseThrow();
      case VARIANCE -> n < 2 ? null : variance(values);
      case STANDARD_DEVIATION -> n < 2 ? null : Math.sqrt(variance(values));
      case FIRST -> values.get(0);
      case LAST -> values.get(n - 1);
      case LATEST -> {
        List<Object> latest = new ArrayList<>();
        for (int i = n - 1; i >= Math.max(0, n - spec.limit()); i--) {
          latest.add(values.get(i));
        }
        yield latest;
      }
      case MODE -> mostFrequent(values).get(0);
      case TOP -> {
        List<Object> frequent = mostFrequent(values);
        yield frequent.subList(0, Math.min(spec.limit(), frequent.size()));
      }
      case HISTOGRAM -> {
        Map<String, Object> histogram = new LinkedHashMap<>();
        values.stream()
            .sorted(Oracle::compare)
            .forEach(
                value -> histogram.merge(String.valueOf(value), 1L, (a, b) -> (long) a + (long) b));
        yield histogram;
      }
      case QUANTILE -> quantile(doubles(values).sorted().toArray(), spec.fraction());
      default -> throw new IllegalArgumentException(spec.toString());
    };
  }

  /** By time, then by the id or all columns, then by the value. */
  private List<Event> inOrder(Spec spec, List<Event> events) {
    Comparator<Event> order = order();
    return events.stream()
        .sorted(
            order.thenComparing(
                (a, b) -> compareNullable(spec.value().of().apply(a), spec.value().of().apply(b))))
        .toList();
  }

  Comparator<Event> order() {
    return Comparator.comparing(Oracle::time)
        .thenComparing(
            (a, b) -> {
              if (hasId) {
                return compareNullable(a.number(), b.number());
              }
              for (int i = 0; i < a.values().size(); i++) {
                int byColumn = compareNullable(a.values().get(i), b.values().get(i));
                if (byColumn != 0) {
                  return byColumn;
                }
              }
              return 0;
            });
  }

  private static Instant time(Event event) {
    return Objects.requireNonNull(event.at());
  }

  private static long sessions(List<Event> events, Duration gap) {
    List<Instant> times = events.stream().map(Oracle::time).sorted().toList();
    long sessions = times.isEmpty() ? 0 : 1;
    for (int i = 1; i < times.size(); i++) {
      if (Duration.between(times.get(i - 1), times.get(i)).compareTo(gap) > 0) {
        sessions++;
      }
    }
    return sessions;
  }

  private static Object sum(List<Object> values) {
    if (values.get(0) instanceof BigDecimal) {
      return values.stream().map(BigDecimal.class::cast).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
    if (values.get(0) instanceof Double) {
      return doubles(values).sum();
    }
    return values.stream().mapToLong(value -> ((Number) value).longValue()).sum();
  }

  private static double variance(List<Object> values) {
    double mean = doubles(values).average().orElseThrow();
    return doubles(values).map(x -> (x - mean) * (x - mean)).sum() / (values.size() - 1);
  }

  private static double quantile(double[] sorted, double fraction) {
    double position = fraction * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = (int) Math.ceil(position);
    return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
  }

  /** The most frequent first, of equally frequent ones the smaller. */
  static List<Object> mostFrequent(List<Object> values) {
    Map<Object, Integer> counts = new LinkedHashMap<>();
    values.forEach(value -> counts.merge(value, 1, Integer::sum));
    return counts.keySet().stream()
        .sorted(
            Comparator.<Object>comparingInt(value -> -counts.getOrDefault(value, 0))
                .thenComparing(Oracle::compare))
        .toList();
  }

  private static java.util.stream.DoubleStream doubles(List<Object> values) {
    return values.stream().mapToDouble(value -> ((Number) value).doubleValue());
  }

  /** NULL is the greatest. */
  static int compareNullable(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return a == b ? 0 : a == null ? 1 : -1;
    }
    return compare(a, b);
  }

  /** Texts by their UTF-8 bytes, the rest as it is usual. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  static int compare(Object a, Object b) {
    if (a instanceof String x && b instanceof String y) {
      return Arrays.compareUnsigned(
          x.getBytes(StandardCharsets.UTF_8), y.getBytes(StandardCharsets.UTF_8));
    }
    return ((Comparable) a).compareTo(b);
  }

  /**
   * The latest rows of a person, newest first, with some of their columns.
   *
   * @param own all events of the person
   */
  @Nullable List<List<@Nullable Object>> transactions(
      List<Event> own, Instant t, int limit, List<String> columns) {
    Stream<Event> events = own.stream().filter(e -> e.at() != null && time(e).isBefore(t));
    Comparator<Event> order = order();
    for (String column : columns) {
      order = order.thenComparing((a, b) -> compareNullable(a.value(column), b.value(column)));
    }
    List<List<@Nullable Object>> rows = new ArrayList<>();
    events
        .sorted(order.reversed())
        .limit(limit)
        .forEach(
            event -> {
              List<@Nullable Object> row = new ArrayList<>();
              columns.forEach(column -> row.add(event.value(column)));
              rows.add(row);
            });
    return rows.isEmpty() ? null : rows;
  }
}
