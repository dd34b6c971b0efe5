package dev.kith.run.change;

import dev.kith.lake.Definitions;
import dev.kith.run.graph.Node;
import dev.kith.run.graph.Sampling;
import dev.kith.sql.SqlAnalyzer;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Remembers what definitions say when rows are made by them, and compares. */
public final class DefinitionRecords {

  private final Definitions definitions;
  private final PartsOfDefinition parts;

  /**
   * @param zone of the project
   * @param sampling what of sources' rows is read
   */
  public DefinitionRecords(
      Definitions definitions, SqlAnalyzer analyzer, ZoneId zone, Sampling sampling) {
    this.definitions = definitions;
    this.parts = new PartsOfDefinition(analyzer, zone, sampling);
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

  /**
   * The columns that by the definition of now mean what they meant by the one of a snapshot; none
   * if that is not on record, or differs in more than columns.
   */
  public List<String> unchanged(String fingerprint, Node node) {
    return definitions
        .find(fingerprint)
        .flatMap(DefinitionParts::read)
        .map(before -> parts.of(node).unchangedSince(before))
        .orElse(List.of());
  }
}
