package dev.kith.measures;

import dev.kith.measures.ColumnOrigin.Measured;
import dev.kith.measures.ColumnOrigin.OfColumns;
import dev.kith.model.definition.Window;
import dev.kith.model.definition.Window.Direction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Wipes columns whose window ahead ends after the instant up to which their events are known: a
 * count of what has not happened yet is unknown, and not 0.
 */
final class FinishedWindows {

  private final ProfilePlan plan;
  private final Map<String, Instant> completeUntil;

  /**
   * @param completeUntil by the name of the column, in lower case
   */
  FinishedWindows(ProfilePlan plan, Map<String, Instant> completeUntil) {
    this.plan = plan;
    this.completeUntil = completeUntil;
  }

  /** A query with the same columns as the answer for pairs that it is put around. */
  String around(String answer, Instants.Pairs pairs) {
    if (completeUntil.isEmpty()) {
      return answer;
    }
    List<String> columns = new ArrayList<>();
    for (OutputColumn column : plan.columns()) {
      String name = column.column().quotedName();
      Instant complete = completeUntil.get(column.name().toLowerCase(java.util.Locale.ROOT));
      Optional<Window.Span> window = window(column);
      columns.add(
          complete == null || window.isEmpty()
              ? "q." + name
              : "CASE WHEN b.%s <= %s THEN q.%s END AS %s"
                  .formatted(
                      Dialect.quoted(WindowBounds.name(window.get())),
                      Dialect.instant(WindowBounds.withinCalendar(complete)),
                      name,
                      name));
    }
    columns.add("q." + Dialect.quoted(Layers.AS_OF));
    columns.add("q." + Dialect.quoted(Layers.EXISTS));
    return Sql.select(
        columns,
        "(%s) AS q JOIN %s AS b ON b.%s = q.%s"
            .formatted(
                answer,
                Dialect.quoted(pairs.bounds()),
                Dialect.quoted(WindowBounds.AS_OF),
                Dialect.quoted(Layers.AS_OF)),
        List.of());
  }

  /** The window ahead that a column is about; those that it is made of are about the same. */
  private Optional<Window.Span> window(OutputColumn column) {
    if (column.origin() instanceof Measured measured) {
      return measured.window() instanceof Window.Span span && span.direction() == Direction.AHEAD
          ? Optional.of(span)
          : Optional.empty();
    }
    if (column.origin() instanceof OfColumns made) {
      return made.columns().values().stream()
          .flatMap(used -> plan.column(used).stream())
          .flatMap(used -> window(used).stream())
          .findFirst();
    }
    return Optional.empty();
  }
}
