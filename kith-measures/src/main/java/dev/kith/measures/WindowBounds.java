package dev.kith.measures;

import dev.kith.model.definition.Window;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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

  static String name(Window.Span span) {
    return (span.direction() == Window.Direction.BACK ? "back_" : "ahead_") + span.text();
  }

  /** The far end, rounded up to the microseconds that instants are stored in. */
  static Instant farEnd(Window.Span span, Instant instant, ZoneId zone) {
    return withinCalendar(span.farEnd(instant, zone));
  }

  /** The instant in whole microseconds, or the engines' first or last. */
  static Instant withinCalendar(Instant instant) {
    if (instant.isBefore(EARLIEST)) {
      return EARLIEST;
    }
    return instant.isAfter(LATEST) ? LATEST : roundedUp(instant);
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
