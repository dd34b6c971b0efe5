package dev.kith.model;

import java.util.List;
import java.util.stream.Collectors;

/** Ends a command because of faults in the project or its data that were found and collected. */
public final class ProjectFaultException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Diagnostic> diagnostics;

  public ProjectFaultException(List<Diagnostic> diagnostics) {
    super(diagnostics.stream().map(Diagnostic::toString).collect(Collectors.joining("\n")));
    this.diagnostics = List.copyOf(diagnostics);
  }

  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
