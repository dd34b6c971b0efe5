package dev.kith.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Collects the diagnostics of a whole project, so that all are reported at once. */
public final class Problems {

  private final List<Diagnostic> found = new ArrayList<>();

  public void add(Diagnostic diagnostic) {
    found.add(diagnostic);
  }

  public void addAll(Collection<Diagnostic> diagnostics) {
    found.addAll(diagnostics);
  }

  public boolean hasErrors() {
    return found.stream().anyMatch(Diagnostic::isError);
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** Everything added, each once, in the order of files and lines. */
  public List<Diagnostic> all() {
    return found.stream().distinct().sorted(Comparator.comparing(Diagnostic::span)).toList();
  }

  /**
   * Stops here if there was an error.
   *
   * @throws ProjectFaultException with all diagnostics, warnings too
   */
  public void throwIfErrors() {
    if (hasErrors()) {
      throw new ProjectFaultException(all());
    }
  }
}
