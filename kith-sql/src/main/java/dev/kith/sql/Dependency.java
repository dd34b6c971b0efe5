package dev.kith.sql;

import dev.kith.model.TableColumn;
import java.util.Comparator;
import java.util.Locale;

/** That something depends on a column, and how. */
public record Dependency(TableColumn origin, Influence influence)
    implements Comparable<Dependency> {

  private static final Comparator<Dependency> ORDER =
      Comparator.comparing(Dependency::influence).thenComparing(Dependency::origin);

  Dependency after(Influence step) {
    return new Dependency(origin, step.after(influence));
  }

  /** Direct ones first. */
  @Override
  public int compareTo(Dependency other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return influence.name().toLowerCase(Locale.ROOT) + "(" + origin + ")";
  }
}
