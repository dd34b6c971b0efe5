package dev.kith.run.lineage;

import dev.kith.model.TableColumn;
import dev.kith.sql.Influence;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * That one column depends on another.
 *
 * @param influences how, at least one
 */
public record Link(TableColumn origin, TableColumn dependent, SortedSet<Influence> influences) {

  /** As the dependent's column: all columns, since the origin decides about the rows. */
  public static final String ALL_COLUMNS = "*";

  public Link {
    influences = Collections.unmodifiableSortedSet(new TreeSet<>(influences));
  }

  /** Whether values come from its values. */
  public boolean isDirect() {
    return influences.first().isDirect();
  }
}
