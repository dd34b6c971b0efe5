package dev.kith.sql;

import dev.kith.model.TableColumn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a value, or the choice of rows, comes from.
 *
 * @param dependencies in order, each once
 * @param steps the expressions between, from the last one back
 */
public record Derivation(Collection<Dependency> dependencies, List<Step> steps) {

  /** Of a constant. */
  public static final Derivation NONE = new Derivation(List.of(), List.of());

  /**
   * One expression on the way.
   *
   * @param column the name that it has there
   * @param expression as written
   */
  public record Step(String column, String expression) {}

  public Derivation {
    dependencies = List.copyOf(new TreeSet<>(dependencies));
    steps = List.copyOf(steps);
  }

  /** The value of a column as it is. */
  public static Derivation of(TableColumn column) {
    return new Derivation(List.of(new Dependency(column, Influence.IDENTITY)), List.of());
  }

  /** Of all together. */
  public static Derivation all(Stream<Derivation> parts) {
    Set<Dependency> dependencies = new LinkedHashSet<>();
    Set<Step> steps = new LinkedHashSet<>();
    parts.forEach(
        part -> {
          dependencies.addAll(part.dependencies);
          steps.addAll(part.steps);
        });
    return new Derivation(dependencies, List.copyOf(steps));
  }

  /** Of both. */
  public Derivation with(Derivation other) {
    if (other.dependencies.isEmpty() && other.steps.isEmpty()) {
      return this;
    }
    return dependencies.isEmpty() && steps.isEmpty() ? other : all(Stream.of(this, other));
  }

  /** What depends on this in some way. The way of what only chooses goes no further back. */
  public Derivation as(Influence step) {
    return dependencies.isEmpty()
        ? new Derivation(List.of(), step.isDirect() ? steps : List.of())
        : new Derivation(
            dependencies.stream().map(dependency -> dependency.after(step)).toList(),
            step.isDirect() ? steps : List.of());
  }

  /** The same, after one more expression. */
  public Derivation by(Step step) {
    List<Step> all = new ArrayList<>(steps.size() + 1);
    all.add(step);
    steps.stream().filter(each -> !each.equals(step)).forEach(all::add);
    return new Derivation(dependencies, all);
  }
}
