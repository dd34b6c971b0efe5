package dev.kith.run;

import dev.kith.model.Diagnostic;
import dev.kith.model.FaultCategory;
import dev.kith.model.KithException;
import dev.kith.model.Problems;
import dev.kith.model.TableName;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.type.TableSchema;
import dev.kith.run.attempt.Attempts;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.graph.Resolver;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Checks a project against its sources' columns: those that are pinned in the warehouse, else what
 * a look at the start of the source shows.
 */
final class Validation {

  private final Workspace workspace;
  private final Set<TableName> broken;
  private final Problems problems;
  private final Attempts attempts;

  Validation(Workspace workspace, Set<TableName> broken, Problems problems, Attempts attempts) {
    this.attempts = attempts;
    this.workspace = workspace;
    this.broken = broken;
    this.problems = problems;
  }

  /**
   * What of the project could be understood; the rest is among the problems.
   *
   * @throws KithException if a source cannot be reached
   */
  Blueprint blueprint() {
    return Phases.during("queries", this::resolve);
  }

  private Blueprint resolve() {
    Map<TableName, TableSchema> columns = new LinkedHashMap<>();
    try (SourceColumns sources = new SourceColumns(workspace)) {
      for (SourceDefinition source : workspace.project().sources()) {
        try {
          columns.put(source.name(), attempts.of(source.name(), () -> sources.of(source)));
        } catch (KithException fault) {
          if (fault.category() != FaultCategory.PROJECT) {
            throw fault;
          }
          problems.add(fault(source, fault));
        }
      }
    }
    return new Resolver(workspace.analyzer(), problems)
        .resolve(workspace.project(), columns, broken);
  }

  private static Diagnostic fault(SourceDefinition source, KithException fault) {
    Diagnostic diagnostic =
        Diagnostic.error(fault.code(), source.span(), String.valueOf(fault.getMessage()));
    return fault.help().map(diagnostic::withHelp).orElse(diagnostic);
  }
}
