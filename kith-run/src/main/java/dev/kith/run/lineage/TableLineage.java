package dev.kith.run.lineage;

import dev.kith.model.Located;
import dev.kith.model.TableName;
import dev.kith.model.type.TableSchema;
import dev.kith.sql.ColumnLineage;
import dev.kith.sql.Derivation;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A source, table, profile or dataset, and what its columns come from. Origins are columns of
 * sources, tables and profiles; what exists only in a source's history or among its rejected rows
 * is a column of that relation.
 *
 * @param reads what a source reads: its files, or {@code connection.table}; the file of a dataset's
 *     rows; empty for the others
 * @param inputs the sources, tables, profiles and datasets that it is made from
 * @param lineage of a source's columns there is none
 */
public record TableLineage(
    TableName name,
    Kind kind,
    String reads,
    TableSchema schema,
    SortedSet<TableName> inputs,
    ColumnLineage lineage) {

  /** What sort of definition makes it. */
  public enum Kind {
    SOURCE,
    TABLE,
    PROFILE,
    DATASET
  }

  public TableLineage {
    inputs = Collections.unmodifiableSortedSet(new TreeSet<>(inputs));
  }

  /** What a column comes from; nothing if there is no such column, or if it is a source's. */
  public Optional<Derivation> derivation(String column) {
    return lineage.columns().stream()
        .filter(output -> output.name().equalsIgnoreCase(column))
        .map(ColumnLineage.Output::derivation)
        .findFirst();
  }

  /** What decides which rows there are. */
  public Derivation rows() {
    return lineage.rows();
  }

  /** Where its query could not be followed, so that everything in reach counts as origin. */
  public List<Located<String>> unclear() {
    return lineage.unclear();
  }
}
