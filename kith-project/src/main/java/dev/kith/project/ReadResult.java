package dev.kith.project;

import dev.kith.model.Diagnostic;
import dev.kith.model.ProjectFaultException;
import dev.kith.model.TableName;
import dev.kith.model.definition.Project;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a project folder says, and all that is wrong with it.
 *
 * @param project the definitions without fault; nothing if kith.yaml is missing or faulty
 * @param broken names that are defined, by files with faults: what refers to them need not be
 *     reported again
 * @param diagnostics in the order of files and lines, warnings too
 */
public record ReadResult(
    Optional<Project> project, Set<TableName> broken, List<Diagnostic> diagnostics) {

  public ReadResult {
    broken = Set.copyOf(broken);
    diagnostics = List.copyOf(diagnostics);
  }

  public boolean hasErrors() {
    return diagnostics.stream().anyMatch(Diagnostic::isError);
  }

  /**
   * The whole project.
   *
   * @throws ProjectFaultException with all diagnostics if there is an error
   */
  public Project orThrow() {
    if (hasErrors()) {
      throw new ProjectFaultException(diagnostics);
    }
    return project.orElseThrow(() -> new IllegalStateException("No project and no error"));
  }
}
