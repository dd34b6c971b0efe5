package dev.kith.model.definition;

import dev.kith.model.Located;
import dev.kith.model.SourceSpan;
import dev.kith.model.TableName;
import dev.kith.model.definition.ProfileDefinition.MeasureBlock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * {@code datasets/NAME.yaml}: rows of people and instants, with features as they were then, and
 * labels of what came after.
 *
 * @param rows which people and instants; they have the profile's key
 * @param at the column of the rows with their instant
 * @param profile whose key names the people, and whose columns are the features
 * @param features columns of the profile, in order; all if there are none
 * @param except columns of the profile that are left out
 * @param known which rows count for the features; for labels all do
 * @param table whether runs build it as a table; else it is computed when somebody asks for it
 * @param checks what must hold of the table before it is published; none unless it is one
 */
public record DatasetDefinition(
    TableName name,
    Documentation documentation,
    SourceSpan span,
    RowSet rows,
    Located<String> at,
    Located<TableName> profile,
    List<Located<String>> features,
    List<Located<String>> except,
    Knowledge known,
    List<LabelBlock> labels,
    boolean table,
    List<Check> checks)
    implements Definition {

  public DatasetDefinition {
    features = List.copyOf(features);
    except = List.copyOf(except);
    labels = List.copyOf(labels);
    checks = List.copyOf(checks);
  }

  /** Where the rows are. */
  public sealed interface RowSet {

    /** A query over the project's tables and profiles. */
    record Query(Located<String> sql) implements RowSet {}

    /** A file, by its path in the project. */
    record File(Located<String> path) implements RowSet {}
  }

  /**
   * Labels of one table.
   *
   * @param measures over windows that look forward
   * @param completeUntil up to when the table holds everything that happened; its newest event
   *     unless given
   */
  public record LabelBlock(MeasureBlock measures, Optional<Instant> completeUntil) {}
}
