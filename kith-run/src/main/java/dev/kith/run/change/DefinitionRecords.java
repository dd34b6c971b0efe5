package dev.kith.run.change;

import dev.kith.lake.Definitions;
import dev.kith.run.graph.Node;
import dev.kith.sql.SqlAnalyzer;
import java.time.ZoneId;
import java.util.Optional;

/** Remembers what definitions say when rows are made by them, and compares. */
public final class DefinitionRecords {

  private final Definitions definitions;
  private final PartsOfDefinition parts;

  /**
   * @param zone of the project
   */
  public DefinitionRecords(Definitions definitions, SqlAnalyzer analyzer, ZoneId zone) {
    this.definitions = definitions;
    this.parts = new PartsOfDefinition(analyzer, zone);
  }

  /**
   * Remembers what the definition of now says.
   *
   * @param fingerprint as the snapshot has it that is made by it
   */
  public void record(Node node, String fingerprint) {
    definitions.record(fingerprint, parts.of(node).json());
  }

  /**
   * How the definition of now differs from the one of a snapshot; nothing if that is not on record.
   *
   * @param newTable whether the rows go to another physical table
   */
  public Optional<DefinitionChange> since(String fingerprint, Node node, boolean newTable) {
    return definitions
        .find(fingerprint)
        .flatMap(DefinitionParts::read)
        .map(before -> DefinitionChange.between(before, parts.of(node), newTable));
  }
}
