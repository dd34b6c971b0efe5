package dev.kith.measures;

import dev.kith.measures.ProfilePlan.Existence.ByHistory;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The versions of people that are valid at an instant: those that began before it and did not end
 * before it. An instant sees only its past, of versions as of events, so what begins at the very
 * instant is seen by later ones.
 */
final class Versions {

  private Versions() {}

  /** Over a row of the history under an alias. */
  static List<String> validAt(ByHistory history, String alias, String instant) {
    String fromName = alias + "." + history.validFrom().quotedName();
    String toName = alias + "." + history.validTo().quotedName();
    return List.of(
        "("
            + fromName
            + " IS NULL OR "
            + Sql.instant(history.validFrom(), fromName)
            + " < "
            + instant
            + ")",
        "("
            + toName
            + " IS NULL OR "
            + instant
            + " <= "
            + Sql.instant(history.validTo(), toName)
            + ")");
  }

  /**
   * That a version holds at one end of an interval and not at the other. A bound is in the past of
   * the later end and not of the earlier one if it lies in the interval, as an event is.
   */
  static String turned(ByHistory history, Interval moved) {
    return Stream.of(history.validFrom(), history.validTo())
        .map(column -> Sql.instant(column, column.quotedName()))
        .map(bound -> "(" + String.join(" AND ", moved.contains(bound)) + ")")
        .collect(Collectors.joining(" OR ", "(", ")"));
  }

  /** The names of all columns of the history that count. */
  static List<String> columns(ProfilePlan plan, ByHistory history) {
    Stream<String> attributes =
        plan.columns().stream()
            .map(OutputColumn::origin)
            .filter(ColumnOrigin.Attribute.class::isInstance)
            .map(origin -> ((ColumnOrigin.Attribute) origin).column());
    Stream<String> own =
        Stream.of(history.key(), history.validFrom().name(), history.validTo().name());
    return Stream.concat(own, attributes).toList();
  }

  /** The columns of the history that the profile shows, under their own names. */
  static List<String> attributes(ProfilePlan plan, String alias) {
    return plan.columns().stream()
        .map(OutputColumn::origin)
        .filter(ColumnOrigin.Attribute.class::isInstance)
        .map(origin -> Dialect.quoted(((ColumnOrigin.Attribute) origin).column()))
        .distinct()
        .map(column -> alias + "." + column)
        .toList();
  }
}
