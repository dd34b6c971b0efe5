package dev.kith.run.lineage;

import dev.kith.measures.ProfileLineage;
import dev.kith.model.Problems;
import dev.kith.run.graph.Node;
import dev.kith.run.graph.Relations;
import dev.kith.sql.ColumnLineage;
import dev.kith.sql.Derivation;
import dev.kith.sql.SqlAnalyzer;
import java.util.List;

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
      return analyzer
          .lineage(table.query(), relations.schemas(table.hiddenNamed()), new Problems())
          .orElseThrow(); // it was validated before
    }
    return node instanceof Node.ProfileNode profile
        ? ProfileLineage.of(profile.definition(), profile.plan(), analyzer)
        : NO_COLUMNS;
  }
}
