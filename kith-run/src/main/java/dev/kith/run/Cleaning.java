package dev.kith.run;

import dev.kith.lake.CleanPolicy;
import dev.kith.lake.PhysicalTable;
import dev.kith.lake.RunLease;
import dev.kith.model.Problems;
import dev.kith.model.definition.ProjectSettings.Keep;
import dev.kith.run.check.CheckRetention;
import dev.kith.run.check.CheckTables;
import dev.kith.run.check.ForgottenChecks;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.graph.Node;
import dev.kith.run.plan.PhysicalTables;
import dev.kith.sources.SourceTables;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Frees what neither readers nor the next run need. */
final class Cleaning {

  private final Workspace workspace;

  Cleaning(Workspace workspace) {
    this.workspace = workspace;
  }

  /**
   * @param grace how old a file must be that nothing refers to: a check may be writing it
   * @param dryRun only says what would go
   */
  CleaningReport clean(Duration grace, boolean dryRun) {
    Keep keep = workspace.project().settings().keep();
    Instant now = workspace.clock().instant();
    Duration span =
        Duration.between(keep.span().farEnd(now, workspace.project().settings().timezone()), now);
    CleanPolicy policy = new CleanPolicy(span, keep.atLeast(), wanted(now), grace, dryRun);
    if (dryRun) {
      return clean(policy, now);
    }
    try (RunLease lease = workspace.warehouse().leases().acquire("clean", Duration.ZERO)) {
      lease.check();
      return clean(policy, now);
    }
  }

  /** Checks first: what they leave behind, the warehouse frees. */
  private CleaningReport clean(CleanPolicy policy, Instant now) {
    ForgottenChecks checks =
        new CheckRetention(
                workspace.warehouse(),
                workspace.engine(),
                workspace.project().settings().timezone(),
                RunName.next(workspace.clock()))
            .forget(
                CheckTables.physicalTables(workspace.warehouse(), now),
                RunName.firstOf(now.minus(policy.keep())),
                workspace.warehouse().runsThatStay(policy),
                policy.dryRun());
    return new CleaningReport(workspace.warehouse().clean(policy), checks);
  }

  /** What the definitions of now write to stays, published or not. */
  private Set<PhysicalTable> wanted(Instant now) {
    Blueprint blueprint = workspace.blueprint(new Problems());
    Set<PhysicalTable> wanted =
        new HashSet<>(CheckTables.physicalTables(workspace.warehouse(), now));
    for (Node node : blueprint.nodes()) {
      if (node instanceof Node.SourceNode source) {
        SourceTables tables = SourceTables.of(source.definition());
        wanted.add(tables.rows());
        wanted.add(tables.rejected());
      } else {
        wanted.add(PhysicalTables.of(node));
      }
    }
    workspace.copies(blueprint).of(blueprint).forEach(copy -> wanted.add(copy.table()));
    return wanted;
  }
}
