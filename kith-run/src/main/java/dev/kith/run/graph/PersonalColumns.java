package dev.kith.run.graph;

import dev.kith.model.definition.Documentation.ColumnDocumentation;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.model.definition.Project;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The names of columns that any definition marks {@code pii}. A name counts wherever it occurs:
 * what a source calls personal stays so in the tables that pass it on.
 */
public final class PersonalColumns {

  private final Set<String> names = new HashSet<>();

  private PersonalColumns() {}

  /** Of a project, in lower case. */
  public static Set<String> of(Project project) {
    PersonalColumns found = new PersonalColumns();
    project.definitions().forEach(one -> one.documentation().columns().forEach(found::add));
    for (ProfileDefinition profile : project.profiles()) {
      for (ProfileDefinition.MeasureBlock block : profile.measures()) {
        for (ProfileDefinition.Measure measure : block.define()) {
          measure
              .over()
              .orElse(block.windows())
              .forEach(
                  window ->
                      found.add(
                          ProfileDefinition.columnName(
                              measure.as().orElse(measure.name().value()), window.value()),
                          measure.documentation()));
        }
        for (ProfileDefinition.Derived derived : block.derive()) {
          derived
              .over()
              .orElse(block.windows())
              .forEach(
                  window ->
                      found.add(
                          ProfileDefinition.columnName(derived.name().value(), window.value()),
                          derived.documentation()));
        }
      }
      profile.metrics().forEach(one -> found.add(one.name().value(), one.documentation()));
    }
    return found.names;
  }

  private void add(String column, ColumnDocumentation documentation) {
    if (documentation.pii()) {
      names.add(column.toLowerCase(Locale.ROOT));
    }
  }
}
