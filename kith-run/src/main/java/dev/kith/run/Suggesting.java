package dev.kith.run;

import dev.kith.model.KithException;
import dev.kith.model.Problems;
import dev.kith.model.Suggestion;
import dev.kith.model.TableName;
import dev.kith.model.definition.Definition;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.run.fault.RunCode;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.graph.PersonalColumns;
import dev.kith.run.release.ReleaseReference;
import dev.kith.run.suggest.CheckSuggestion;
import java.util.List;

/** Looks at a table or profile of the current release and proposes checks. */
final class Suggesting {

  private final Workspace workspace;

  Suggesting(Workspace workspace) {
    this.workspace = workspace;
  }

  String yaml(TableName name) {
    Blueprint blueprint = workspace.blueprint(new Problems());
    Definition definition =
        workspace
            .project()
            .definition(name)
            .filter(found -> !(found instanceof SourceDefinition))
            .orElseThrow(() -> noTable(name));
    PublishedTables published =
        new PublishedTables(
            workspace,
            workspace.releases().find(ReleaseReference.current(workspace.environment())));
    return new CheckSuggestion(
            published.building(RunName.next(workspace.clock()), event -> {}),
            workspace.analyzer(),
            workspace.clock())
        .yaml(
            definition,
            published.visible(name).orElseThrow(() -> ReleaseReader.unknown(name)),
            PersonalColumns.of(workspace.project()),
            SuggestionTargets.of(name, blueprint));
  }

  private KithException noTable(TableName name) {
    List<String> names =
        workspace
            .project()
            .definitions()
            .filter(definition -> !(definition instanceof SourceDefinition))
            .map(definition -> definition.name().toString())
            .toList();
    return KithException.usage(
            RunCode.UNKNOWN_TABLE, name.toString(), "Cannot find a table or profile: " + name)
        .withHelp(
            Suggestion.didYouMean(name.toString(), names)
                .orElse("there is " + String.join(", ", names) + "; sources have 'require'"));
  }
}
