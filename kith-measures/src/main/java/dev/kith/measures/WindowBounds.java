package dev.kith.measures;

import dev.kith.model.definition.Window;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Where the windows of a profile begin and end at given instants: calendar arithmetic that no
 * engine is left to do.
 *
 * @param schema {@code as_of}, then {@code back_30d} or {@code ahead_30d} for each window's far end
 * @param rows one per different instant, in ascending order
 */
public record WindowBounds(TableSchema schema, List<List<Instant>> rows) {

  /** The column with the instant itself. */
  public static final String AS_OF = "as_of";

  /** What lies outside is beyond any engine's calendar; events there are in no window. */
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

  /** Clocks are never changed by more than a day. */
  static final Duration NEAR = Duration.ofHours(25);

  public WindowBounds {
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** The bounds of a plan's windows. */
  public static WindowBounds of(ProfilePlan plan, Collection<Instant> instants, ZoneId zone) {
    return new WindowBounds(
        schema(plan), new TreeSet<>(instants).stream().map(rows(plan, zone)).toList());
  }

  /** The columns of the bounds of a plan's windows. */
  public static TableSchema schema(ProfilePlan plan) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column(AS_OF, Primitive.INSTANT));
    plan.spans().forEach(span -> columns.add(new Column(name(span), Primitive.INSTANT)));
    return new TableSchema(columns);
  }

  /** Gives the bounds at an instant, for callers that have too many of them to hold. */
  public static Function<Instant, List<Instant>> rows(ProfilePlan plan, ZoneId zone) {
    List<Window.Span> spans = plan.spans();
    return instant -> {
      List<Instant> row = new ArrayList<>(spans.size() + 1);
      row.add(instant);
      spans.forEach(span -> row.add(farEnd(span, instant, zone)));
      return row;
    };
  }

  /**
   * How far the bounds are from each instant between two, both included: the same for all of them.
   * Empty where that is not certain, as near a change of the zone's clocks, or at the ends of the
   * calendar.
   *
   * @param first in whole microseconds, as {@code last}
   */
  public static Optional<List<Duration>> distances(
      ProfilePlan plan, ZoneId zone, Instant first, Instant last) {
    List<Duration> distances = new ArrayList<>();
    for (Window.Span span : plan.spans()) {
      Instant ofFirst = span.farEnd(first, zone);
      Instant ofLast = span.farEnd(last, zone);
      boolean isCertain =
          isWithinCalendar(ofFirst)
              && isWithinCalendar(ofLast)
              && (!span.unit().isOfCalendar()
                  || (isSteady(zone, first, last) && isSteady(zone, ofFirst, ofLast)));
      if (!isCertain) {
        return Optional.empty();
      }
      distances.add(Duration.between(first, ofFirst));
    }
    return Optional.of(distances);
  }

  /**
   * Whether two instants are on one local day, and clocks are not changed near it: so local times
   * between them are as far from each other as instants, and none is doubtful.
   */
  private static boolean isSteady(ZoneId zone, Instant first, Instant last) {
    ZoneOffsetTransition change = zone.getRules().nextTransition(first.minus(NEAR));
    return (change == null || change.getInstant().isAfter(last.plus(NEAR)))
        && first.atZone(zone).toLocalDate().equals(last.atZone(zone).toLocalDate());
  }

  static String name(Window.Span span) {
    return (span.direction() == Window.Direction.BACK ? "back_" : "ahead_") + span.text();
  }

  /** The far end, rounded up to the microseconds that instants are stored in. */
  static Instant farEnd(Window.Span span, Instant instant, ZoneId zone) {
    return withinCalendar(span.farEnd(instant, zone));
  }

  /** The instant in whole microseconds, or the engines' first or last. */
  static Instant withinCalendar(Instant instant) {
    if (isWithinCalendar(instant)) {
      return roundedUp(instant);
    }
    return instant.isBefore(EARLIEST) ? EARLIEST : LATEST;
  }

  private static boolean isWithinCalendar(Instant instant) {
    return !instant.isBefore(EARLIEST) && !instant.isAfter(LATEST);
  }

  /**
   * Events have whole microseconds, so for them "before t" and "before t rounded up" are the same,
   * and so are "not before" them.
   */
  static Instant roundedUp(Instant instant) {
    Instant down = instant.truncatedTo(ChronoUnit.MICROS);
    return down.equals(instant) ? instant : down.plus(1, ChronoUnit.MICROS);
  }
}
