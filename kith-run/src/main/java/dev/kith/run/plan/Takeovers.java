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
 * Finds out which columns of a profile whose definition has changed can stay. A column is as it
 * should be if it means what it meant, at the same instant, of inputs that are the same in what it
 * uses; among that is always what says who exists. At another instant, or of other rows, it is as
 * it should have been then.
 */
final class Takeovers {

  private final InputUses uses;
  private final DefinitionRecords definitions;

  Takeovers(InputUses uses, DefinitionRecords definitions) {
    this.uses = uses;
    this.definitions = definitions;
  }

  /**
   * The most that can be taken over from any of some rows: best as it is, else as it was.
   *
   * @return nothing if that spares no reading of events
   */
  Optional<Takeover> find(Node.ProfileNode profile, List<Standing> rows, Situation now) {
    return best(profile, rows.stream().map(from -> asItIs(profile, from, now)))
        .or(() -> best(profile, rows.stream().map(from -> asItWas(profile, from))));
  }

  private static Optional<Takeover> best(Node.ProfileNode profile, Stream<Takeover> found) {
    return found
        .filter(takeover -> takeover.columns().contains(profile.plan().key().name()))
        .filter(takeover -> spares(profile.plan(), takeover))
        .max(Comparator.comparing(takeover -> takeover.columns().size()));
  }

  private Takeover asItIs(Node.ProfileNode profile, Standing from, Situation now) {
    Provenance made = from.snapshot().provenance();
    boolean sameInstant = now.asOf().isPresent() && now.asOf().equals(made.asOf());
    List<String> columns =
        sameInstant
            ? uses.unmoved(profile, asItWas(profile, from).columns(), made, now)
            : List.of();
    return new Takeover(from, columns, false);
  }

  private Takeover asItWas(Node.ProfileNode profile, Standing from) {
    Provenance made = from.snapshot().provenance();
    return new Takeover(
        from,
        made.asOf().isPresent() ? definitions.unchanged(made.definition(), profile) : List.of(),
        true);
  }

  private static boolean spares(ProfilePlan plan, Takeover takeover) {
    List<OutputColumn> ofEvents = plan.columns().stream().filter(ProfilePlan::isOfEvents).toList();
    return ofEvents.isEmpty()
        || ofEvents.stream().anyMatch(column -> takeover.columns().contains(column.name()));
  }
}
