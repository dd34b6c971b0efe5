package dev.kith.run;

import dev.kith.lake.Release;
import dev.kith.model.KithException;
import dev.kith.model.Problems;
import dev.kith.model.Suggestion;
import dev.kith.model.TableName;
import dev.kith.model.definition.Definition;
import dev.kith.model.type.TableSchema;
import dev.kith.run.build.Building;
import dev.kith.run.check.CheckLog;
import dev.kith.run.check.Checks;
import dev.kith.run.event.CheckResult;
import dev.kith.run.event.RunListener;
import dev.kith.run.fault.RunCode;
import dev.kith.run.graph.CheckRules;
import dev.kith.run.graph.CheckedTable;
import dev.kith.run.graph.PersonalColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs checks on what is published. */
final class ReleaseCheck {

  private final Workspace workspace;
  private final CheckOptions options;
  private final RunListener listener;

  ReleaseCheck(Workspace workspace, CheckOptions options, RunListener listener) {
    this.workspace = workspace;
    this.options = options;
    this.listener = listener;
  }

  CheckReport run() {
    Problems problems = new Problems();
    problems.addAll(workspace.faultsOfReading());
    problems.throwIfErrors();
    Release release = workspace.releases().find(options.release());
    PublishedTables published = new PublishedTables(workspace, release);
    List<CheckedTable> tables = tables(published, problems);
    problems.throwIfErrors();
    String run = RunName.next(workspace.clock());
    Building building = published.building(run, listener);
    Optional<Release> before =
        release.parent().flatMap(id -> workspace.warehouse().releases().release(id));
    Checks checks = new Checks(building, before, workspace.clock());
    List<CheckResult> results = new ArrayList<>();
    tables.forEach(table -> results.addAll(checks.run(table)));
    new CheckLog(workspace.warehouse(), workspace.engine(), building.zone(), building.environment())
        .keep(run, Optional.of(release.id()), results);
    return new CheckReport(run, release.id(), results);
  }

  private List<CheckedTable> tables(PublishedTables published, Problems problems) {
    for (TableName name : options.tables()) {
      requireChecks(name);
    }
    CheckRules rules =
        new CheckRules(workspace.analyzer(), published.relations(), name -> false, problems);
    Set<String> personal = PersonalColumns.of(workspace.project());
    List<CheckedTable> tables = new ArrayList<>();
    for (Definition definition : workspace.project().definitions().toList()) {
      boolean wanted =
          options.tables().isEmpty()
              ? published.visible(definition.name()).isPresent()
              : options.tables().contains(definition.name());
      if (wanted) {
        TableSchema schema =
            published
                .visible(definition.name())
                .orElseThrow(() -> ReleaseReader.unknown(definition.name()));
        rules.resolve(definition, schema, personal).ifPresent(tables::add);
      }
    }
    return tables;
  }

  private void requireChecks(TableName name) {
    Optional<Definition> definition = workspace.project().definition(name);
    if (definition.filter(one -> !one.checks().isEmpty()).isPresent()) {
      return;
    }
    List<String> checked =
        workspace
            .project()
            .definitions()
            .filter(one -> !one.checks().isEmpty())
            .map(one -> one.name().toString())
            .toList();
    throw KithException.usage(
            RunCode.UNKNOWN_TABLE,
            name.toString(),
            definition.isEmpty()
                ? "Cannot find a table or profile: " + name
                : "Cannot check '" + name + "': it has no checks")
        .withHelp(
            Suggestion.didYouMean(name.toString(), checked)
                .orElse(
                    checked.isEmpty()
                        ? "no table of this project has checks yet; 'kith checks suggest' proposes"
                            + " some"
                        : "these have checks: " + String.join(", ", checked)));
  }
}
