package dev.kith.run;

import dev.kith.lake.Warehouse;
import dev.kith.model.TableName;
import dev.kith.model.definition.ProjectSettings;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.graph.Node;
import dev.kith.run.plan.Basis;
import dev.kith.run.plan.Decider;
import dev.kith.run.plan.Estimates;
import dev.kith.run.plan.Heads;
import dev.kith.run.plan.Plan;
import dev.kith.run.plan.Planner;
import dev.kith.run.plan.SourceOffers;
import dev.kith.run.plan.Stage;
import dev.kith.run.plan.Versions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes plans of what there is; nothing is written. */
final class Planning {

  private final Workspace workspace;
  private final Blueprint blueprint;
  private final RunOptions options;
  private final Basis basis;

  Planning(Workspace workspace, Blueprint blueprint, RunOptions options) {
    this.workspace = workspace;
    this.blueprint = blueprint;
    this.options = options;
    this.basis = workspace.basis();
  }

  Plan plan() {
    return Phases.during("decisions", this::decide);
  }

  private Plan decide() {
    Warehouse warehouse = workspace.warehouse();
    ProjectSettings settings = workspace.project().settings();
    Set<TableName> selected = selected();
    Heads heads = new Heads(warehouse);
    Versions versions = new Versions(warehouse);
    Map<TableName, Stage.Read> reads = reads(selected, heads, versions);
    boolean open =
        AsOf.followsData(workspace, options)
            && reads.values().stream().anyMatch(read -> !read.certain().equals(Optional.of(false)));
    Optional<Instant> asOf =
        open ? Optional.empty() : Optional.of(AsOf.decide(workspace, options, blueprint, versions));
    return new Planner(
            blueprint,
            warehouse,
            selected,
            basis,
            asOf,
            heads,
            new Decider(
                heads,
                basis,
                workspace.sampling(),
                workspace.uses(blueprint),
                workspace.definitions(),
                settings.timezone(),
                options.fullRefresh()),
            versions,
            settings.timezone(),
            options.strategy(),
            new Estimates(() -> warehouse.runs().builds(Estimates.STEPS)),
            workspace.copies(blueprint))
        .plan(options.environment(), reads);
  }

  /** How far a range of days is done, as far as that can be told before sources are read. */
  RangeProgress progress(DayRange range) {
    Versions versions = new Versions(workspace.warehouse());
    Map<TableName, Stage.Read> reads =
        reads(selected(), new Heads(workspace.warehouse()), versions);
    Set<TableName> changing = new TreeSet<>();
    Set<TableName> uncertain = new TreeSet<>();
    reads.forEach(
        (source, read) -> {
          if (read.certain().isEmpty()) {
            uncertain.add(source);
          } else if (read.certain().get()) {
            blueprint.relations().ownedBy(source).forEach(changing::add);
          }
        });
    return new RangeLedger(workspace, options, blueprint, versions, changing, uncertain)
        .progress(range);
  }

  private Set<TableName> selected() {
    Set<TableName> selected = new LinkedHashSet<>(options.selection().of(blueprint));
    if (!options.withSources()) {
      blueprint.sources().forEach(source -> selected.remove(source.name()));
    }
    return selected;
  }

  /** What each selected source has to offer; what it holds now is put among the versions. */
  private Map<TableName, Stage.Read> reads(
      Set<TableName> selected, Heads heads, Versions versions) {
    Warehouse warehouse = workspace.warehouse();
    SourceOffers offers =
        new SourceOffers(
            warehouse,
            workspace.folder(),
            workspace.clock().instant(),
            workspace.places(),
            workspace.definitions());
    Map<TableName, Stage.Read> reads = new LinkedHashMap<>();
    for (Node.SourceNode source : blueprint.sources()) {
      if (selected.contains(source.name())) {
        reads.put(source.name(), offers.read(source, heads, versions));
      }
    }
    return reads;
  }
}
