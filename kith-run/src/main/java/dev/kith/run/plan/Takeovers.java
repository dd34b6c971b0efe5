package dev.kith.run.plan;

import dev.kith.lake.Provenance;
import dev.kith.measures.OutputColumn;
import dev.kith.measures.ProfilePlan;
import dev.kith.run.change.DefinitionRecords;
import dev.kith.run.graph.Node;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds out which columns of a profile whose definition has changed can stay. A column can if it
 * means what it meant, at the same instant, of inputs that are the same in what it uses; among that
 * is always what says who exists.
 */
final class Takeovers {

  private final InputUses uses;
  private final DefinitionRecords definitions;

  Takeovers(InputUses uses, DefinitionRecords definitions) {
    this.uses = uses;
    this.definitions = definitions;
  }

  /**
   * The most that can be taken over from any of some rows.
   *
   * @return nothing if that spares no reading of events
   */
  Optional<Takeover> find(Node.ProfileNode profile, Stream<Standing> rows, Situation now) {
    return rows.map(standing -> new Takeover(standing, columns(profile, standing, now)))
        .filter(takeover -> !takeover.columns().isEmpty() && spares(profile.plan(), takeover))
        .max(Comparator.comparing(takeover -> takeover.columns().size()));
  }

  private List<String> columns(Node.ProfileNode profile, Standing standing, Situation now) {
    Provenance made = standing.snapshot().provenance();
    if (now.asOf().isEmpty() || !now.asOf().equals(made.asOf())) {
      return List.of();
    }
    List<String> unchanged = definitions.unchanged(made.definition(), profile);
    return unchanged.contains(profile.plan().key().name())
        ? uses.unmoved(profile, unchanged, made, now)
        : List.of();
  }

  private static boolean spares(ProfilePlan plan, Takeover takeover) {
    List<OutputColumn> ofEvents = plan.columns().stream().filter(ProfilePlan::isOfEvents).toList();
    return ofEvents.isEmpty()
        || ofEvents.stream().anyMatch(column -> takeover.columns().contains(column.name()));
  }
}
