package dev.kith.measures;

import dev.kith.measures.ColumnOrigin.Measured;
import dev.kith.measures.ColumnOrigin.Transactions;
import dev.kith.measures.ProfilePlan.Existence.ByEvents;
import dev.kith.model.definition.Window;
import dev.kith.model.definition.Window.Direction;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a profile makes of one table's events: over which windows, and with which columns. */
final class EventUse {

  private final EventTable events;
  private final Set<Window> windows = new LinkedHashSet<>();
  private final Map<String, String> columns = new LinkedHashMap<>();

  private EventUse(EventTable events) {
    this.events = events;
    read(events.key());
    read(events.at().name());
  }

  /** Of all events that a plan uses, each once. */
  static List<EventUse> of(ProfilePlan plan) {
    Map<EventTable, EventUse> uses = new LinkedHashMap<>();
    if (plan.existence() instanceof ByEvents byEvents) {
      byEvents.events().forEach(events -> of(uses, events).windows.add(new Window.Ever()));
    }
    for (OutputColumn column : plan.columns()) {
      if (column.origin() instanceof Measured measured) {
        of(uses, measured.events()).measure(measured);
      } else if (column.origin() instanceof Transactions transactions) {
        of(uses, transactions.events()).list(transactions);
      }
    }
    return List.copyOf(uses.values());
  }

  private static EventUse of(Map<EventTable, EventUse> uses, EventTable events) {
    return uses.computeIfAbsent(events, EventUse::new);
  }

  private void measure(Measured measured) {
    windows.add(measured.window());
    measured.reads().forEach(this::read);
    switch (measured.aggregate().function()) {
      case FIRST, LAST, LATEST -> readOrder();
      default -> {}
    }
  }

  private void list(Transactions transactions) {
    windows.add(new Window.Ever());
    transactions.columns().forEach(column -> read(column.name()));
    readOrder();
  }

  private void readOrder() {
    events.order().forEach(column -> read(column.name()));
  }

  /** Expressions may spell a column in other letters than the table. */
  private void read(String column) {
    columns.putIfAbsent(key(column), column);
  }

  /** What is the same for a column however its letters are. */
  static String key(String column) {
    return column.toLowerCase(Locale.ROOT);
  }

  EventTable events() {
    return events;
  }

  Collection<String> columns() {
    return columns.values();
  }

  /**
   * When events happened that are in a window at one instant and not at another. An event crosses
   * an end of a window if it lies between the two places of that end, whichever comes first; in
   * some zones a window begins earlier at a later instant.
   */
  List<Interval> crossed(Instant one, Instant other, ZoneId zone) {
    List<Interval> crossed = new ArrayList<>();
    Interval.between(one, other).ifPresent(crossed::add);
    for (Window window : windows) {
      if (window instanceof Window.Span span) {
        Interval.between(
                WindowBounds.farEnd(span, one, zone), WindowBounds.farEnd(span, other, zone))
            .ifPresent(crossed::add);
      }
    }
    return Interval.merged(crossed);
  }

  /** When events happened that are in a window at the instant; nothing if all are empty. */
  Optional<Interval> reached(Instant instant, ZoneId zone) {
    Optional<Interval> near = near(instant, zone);
    return windows.stream().allMatch(Window.Span.class::isInstance)
        ? near
        : Interval.between(Instant.MIN, near.map(Interval::to).orElse(instant));
  }

  /** The same of windows that begin and end at some time. */
  Optional<Interval> near(Instant instant, ZoneId zone) {
    Instant first = instant;
    Instant end = instant;
    for (Window window : windows) {
      if (window instanceof Window.Span span) {
        Instant far = WindowBounds.farEnd(span, instant, zone);
        if (span.direction() == Direction.BACK) {
          first = far.isBefore(first) ? far : first;
        } else {
          end = far.isAfter(end) ? far : end;
        }
      }
    }
    return Interval.between(first, end);
  }
}
