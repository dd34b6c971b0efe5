package dev.kith.measures;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rows of people who are not touched. */
final class Others {

  private Others() {}

  /** Their rows of now, if columns that are made from the instant are other ones than they were. */
  static Optional<String> rows(ProfilePlan plan, Instant from, Instant to) {
    Set<OutputColumn> moved = plan.madeFromInstant();
    if (moved.isEmpty() || from.equals(to)) {
      return Optional.empty();
    }
    List<String> kept =
        plan.columns().stream()
            .filter(column -> !moved.contains(column))
            .map(column -> "p." + column.column().quotedName())
            .toList();
    String untouched =
        Sql.select(
            List.of("*"),
            CompiledUpdate.BEFORE.quoted() + " AS b",
            List.of("NOT " + Touched.isKey("b." + plan.key().quotedName())));
    return Optional.of(
        new Layers(plan.columns(), moved::contains)
            .query(kept, "(" + untouched + ") AS p", Dialect.instant(to), Optional.empty()));
  }
}
