package dev.kith.run.graph;

import dev.kith.measures.ProfilePlan;
import dev.kith.model.Fingerprint;
import dev.kith.model.definition.CanonicalDefinition;
import dev.kith.model.definition.SourceDefinition;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What decides a definition's rows, in short. Descriptions, owners, tags, comments, layout and the
 * versions of Kith and its engine are not in it; the numbers of the semantics are.
 */
public final class Fingerprints {

  /** Grows when tables or sources come to mean something else by the same definition. */
  private static final int SEMANTICS = 1;

  private Fingerprints() {}

  /** The numbers of the semantics that tell on a definition's rows. */
  public static String semantics(Node node) {
    return node instanceof Node.ProfileNode || node instanceof Node.DatasetNode
        ? SEMANTICS + ", profiles " + ProfilePlan.SEMANTICS
        : Integer.toString(SEMANTICS);
  }

  public static Fingerprint of(Node node, ZoneId zone) {
    List<String> parts = new ArrayList<>();
    parts.add("semantics " + SEMANTICS);
    parts.add(zone.getId());
    if (node instanceof Node.SourceNode source) {
      return of(source.definition(), zone);
    }
    if (node instanceof Node.TableNode table) {
      parts.addAll(parts(CanonicalDefinition.of(table.definition(), table.query().canonical())));
    } else if (node instanceof Node.ProfileNode profile) {
      parts.addAll(profile.plan().canonical());
    } else if (node instanceof Node.DatasetNode dataset) {
      parts.addAll(dataset.canonical());
    }
    return Fingerprint.of(parts);
  }

  /** Of a source, for which nothing has to be resolved. */
  public static Fingerprint of(SourceDefinition source, ZoneId zone) {
    List<String> parts = new ArrayList<>(List.of("semantics " + SEMANTICS, zone.getId()));
    parts.addAll(parts(CanonicalDefinition.of(source)));
    return Fingerprint.of(parts);
  }

  /** Of what the checks of a definition demand, if it has any. */
  public static Optional<String> checks(Node node) {
    return node.definition().checks().isEmpty()
        ? Optional.empty()
        : Optional.of(
            Fingerprint.of(CanonicalDefinition.ofChecks(node.definition().checks())).hex());
  }

  /**
   * Of checks, if there are any: what has passed them need not be held to them again.
   *
   * @param asOf the instant of the run, which is part of what is demanded where it matters
   */
  public static Optional<String> checks(Optional<CheckedTable> checked, Instant asOf) {
    return checked.map(
        table ->
            Fingerprint.of(
                    CanonicalDefinition.ofChecks(table.definition().checks()),
                    table.dependsOnInstant() ? asOf.toString() : "")
                .hex());
  }

  private static List<String> parts(CanonicalDefinition definition) {
    return List.of(definition.layout(), definition.rows(), definition.columns().toString());
  }
}
