package dev.kith.model;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A column of a source, table or profile. Names of columns are compared without regard to case. */
public record TableColumn(TableName table, String column) implements Comparable<TableColumn> {

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TableColumn that
        && table.equals(that.table)
        && column.equalsIgnoreCase(that.column);
  }

  @Override
  public int hashCode() {
    return Objects.hash(table, column.toLowerCase(Locale.ROOT));
  }

  @Override
  public int compareTo(TableColumn other) {
    int byTable = table.compareTo(other.table);
    return byTable != 0 ? byTable : column.compareToIgnoreCase(other.column);
  }

  @Override
  public String toString() {
    return table + "." + column;
  }
}
