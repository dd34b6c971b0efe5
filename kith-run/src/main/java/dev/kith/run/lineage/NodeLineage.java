package dev.kith.run.lineage;

import dev.kith.measures.DatasetLineage;
import dev.kith.measures.ProfileLineage;
import dev.kith.model.Problems;
import dev.kith.run.graph.Node;
import dev.kith.run.graph.Relations;
import dev.kith.sql.ColumnLineage;
import dev.kith.sql.Derivation;
import dev.kith.sql.ParsedQuery;
import dev.kith.sql.SqlAnalyzer;
import java.util.List;
import java.util.Set;

/** Finds the lineage of one definition, in terms of the relations that it reads. */
public final class NodeLineage {

  private static final ColumnLineage NO_COLUMNS =
      new ColumnLineage(List.of(), Derivation.NONE, List.of());

  private final Relations relations;
  private final SqlAnalyzer analyzer;

  public NodeLineage(Relations relations, SqlAnalyzer analyzer) {
    this.relations = relations;
    this.analyzer = analyzer;
  }

  /** Of a source there is none. */
  public ColumnLineage of(Node node) {
    if (node instanceof Node.TableNode table) {
      return of(table.query(), table.hiddenNamed());
    }
    if (node instanceof Node.DatasetNode dataset) {
      return DatasetLineage.of(
          dataset.definition(), dataset.profile(), dataset.plan(), rows(dataset), analyzer);
    }
    return node instanceof Node.ProfileNode profile
        ? ProfileLineage.of(profile.definition(), profile.plan(), analyzer)
        : NO_COLUMNS;
  }

  /** What comes from a file comes from no column. */
  private ColumnLineage rows(Node.DatasetNode dataset) {
    return dataset
        .rows()
        .map(rows -> of(rows, rows.namedHiddenColumns()))
        .orElseGet(
            () ->
                new ColumnLineage(
                    dataset.givenColumns().stream()
                        .map(name -> new ColumnLineage.Output(name, Derivation.NONE))
                        .toList(),
                    Derivation.NONE,
                    List.of()));
  }

  private ColumnLineage of(ParsedQuery query, Set<String> hiddenNamed) {
    return analyzer
        .lineage(query, relations.schemas(hiddenNamed), new Problems())
        .orElseThrow(); // it was validated before
  }
}
