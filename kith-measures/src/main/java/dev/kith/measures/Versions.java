package dev.kith.measures;

import dev.kith.measures.ProfilePlan.Existence.ByHistory;
import java.util.List;

/** The versions of people that are valid at an instant. */
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
            + " <= "
            + instant
            + ")",
        "("
            + toName
            + " IS NULL OR "
            + instant
            + " < "
            + Sql.instant(history.validTo(), toName)
            + ")");
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
