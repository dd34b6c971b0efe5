package dev.kith.run.suggest;

import dev.kith.engine.Session;
import dev.kith.lake.Release;
import dev.kith.model.Problems;
import dev.kith.model.Severity;
import dev.kith.model.TableName;
import dev.kith.model.definition.Check;
import dev.kith.model.definition.DatasetDefinition;
import dev.kith.model.definition.Definition;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.model.definition.TableDefinition;
import dev.kith.model.type.TableSchema;
import dev.kith.run.build.Building;
import dev.kith.run.check.Checks;
import dev.kith.run.event.CheckResult;
import dev.kith.run.event.CheckResult.Status;
import dev.kith.run.graph.CheckRules;
import dev.kith.run.graph.CheckedTable;
import dev.kith.run.graph.ResolvedCheck;
import dev.kith.sql.SqlAnalyzer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Proposes checks for a table: what is so by now, and should stay so. */
public final class CheckSuggestion {

  private final Building building;
  private final SqlAnalyzer analyzer;
  private final Clock clock;

  /**
   * @param building whose versions are those to look at
   */
  public CheckSuggestion(Building building, SqlAnalyzer analyzer, Clock clock) {
    this.building = building;
    this.analyzer = analyzer;
    this.clock = clock;
  }

  /**
   * As {@code checks:} of YAML, or as further items where there are checks already, with the reason
   * above each. All of it holds of the rows there are: proposals are evaluated, and those that fail
   * are left out.
   *
   * @param personal names of columns whose values must not be shown, in lower case
   * @param targets tables that the columns may refer to, with the column that names their rows
   */
  public String yaml(
      Definition definition,
      TableSchema schema,
      Set<String> personal,
      Map<TableName, String> targets) {
    List<Proposal> proposals = proposals(definition, schema, personal, targets);
    List<Proposal> holding = holding(definition, schema, personal, proposals);
    boolean more = !definition.checks().isEmpty();
    if (holding.isEmpty()) {
      return more
          ? "# nothing to propose beside the checks that '" + definition.name() + "' has\n"
          : "# '" + definition.name() + "' has no rows to propose checks from\n";
    }
    StringBuilder yaml =
        new StringBuilder(
            more ? "  # beside the checks that '" + definition.name() + "' has\n\n" : "checks:\n");
    for (Proposal proposal : holding) {
      yaml.append("  # ").append(proposal.why()).append('\n');
      yaml.append("  - ").append(proposal.yaml()).append('\n');
      if (proposal.check().severity() == Severity.WARNING) {
        yaml.append("    severity: warn\n");
      }
    }
    return yaml.toString();
  }

  private List<Proposal> proposals(
      Definition definition,
      TableSchema schema,
      Set<String> personal,
      Map<TableName, String> targets) {
    try (Session session = building.engine().open(building.zone())) {
      building.bindWhole(session, definition.name(), Set.of());
      TableFacts facts = TableFacts.of(session, definition.name().quoted(), schema);
      return Proposals.of(definition, facts, personal, building.asOf(), building.zone(), targets);
    }
  }

  private List<Proposal> holding(
      Definition definition, TableSchema schema, Set<String> personal, List<Proposal> proposals) {
    List<Proposal> fitting = new ArrayList<>();
    List<ResolvedCheck> resolved = new ArrayList<>();
    for (Proposal proposal : proposals) {
      // One at a time, so that one that does not fit takes no other with it.
      CheckRules rules =
          new CheckRules(analyzer, building.relations(), name -> false, new Problems());
      rules
          .resolve(with(definition, List.of(proposal.check())), schema, personal)
          .ifPresent(
              table -> {
                fitting.add(proposal);
                resolved.addAll(table.checks());
              });
    }
    if (fitting.isEmpty()) {
      return List.of();
    }
    CheckedTable table = new CheckedTable(definition, schema, resolved, personal);
    List<CheckResult> results = new Checks(building, Optional.<Release>empty(), clock).run(table);
    List<Proposal> holding = new ArrayList<>();
    for (int i = 0; i < fitting.size(); i++) {
      Status status = results.get(i).status();
      if (status == Status.PASSED || status == Status.SKIPPED) {
        holding.add(fitting.get(i));
      }
    }
    return holding;
  }

  private static Definition with(Definition definition, List<Check> checks) {
    if (definition instanceof TableDefinition table) {
      return new TableDefinition(
          table.name(),
          table.documentation(),
          table.span(),
          table.sql(),
          table.key(),
          table.at(),
          table.atSafe(),
          table.mode(),
          checks);
    }
    if (definition instanceof DatasetDefinition dataset) {
      return new DatasetDefinition(
          dataset.name(),
          dataset.documentation(),
          dataset.span(),
          dataset.rows(),
          dataset.at(),
          dataset.profile(),
          dataset.features(),
          dataset.except(),
          dataset.known(),
          dataset.labels(),
          dataset.table(),
          checks);
    }
    ProfileDefinition profile = (ProfileDefinition) definition;
    return new ProfileDefinition(
        profile.name(),
        profile.documentation(),
        profile.span(),
        profile.key(),
        profile.from(),
        profile.attributes(),
        profile.transactions(),
        profile.measures(),
        profile.metrics(),
        profile.asOfCopy(),
        checks);
  }
}
