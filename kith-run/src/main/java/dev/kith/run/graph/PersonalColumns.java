package dev.kith.run.graph;

import dev.kith.model.Located;
import dev.kith.model.definition.DatasetDefinition;
import dev.kith.model.definition.Documentation.ColumnDocumentation;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.model.definition.ProfileDefinition.Derived;
import dev.kith.model.definition.ProfileDefinition.Measure;
import dev.kith.model.definition.ProfileDefinition.MeasureBlock;
import dev.kith.model.definition.Project;
import dev.kith.model.definition.Window;
import java.util.HashSet;
import java.util.List;
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
      profile.measures().forEach(found::add);
      profile.metrics().forEach(one -> found.add(one.name().value(), one.documentation()));
    }
    for (DatasetDefinition dataset : project.datasets()) {
      dataset.documentation().columns().forEach(found::add);
      dataset.labels().forEach(labels -> found.add(labels.measures()));
    }
    return found.names;
  }

  private void add(MeasureBlock block) {
    for (Measure measure : block.define()) {
      String stem = measure.as().orElse(measure.name().value());
      add(stem, measure.over().orElse(block.windows()), measure.documentation());
    }
    for (Derived derived : block.derive()) {
      String stem = derived.name().value();
      add(stem, derived.over().orElse(block.windows()), derived.documentation());
    }
  }

  private void add(String stem, List<Located<Window>> windows, ColumnDocumentation documentation) {
    windows.forEach(
        window -> add(ProfileDefinition.columnName(stem, window.value()), documentation));
  }

  private void add(String column, ColumnDocumentation documentation) {
    if (documentation.pii()) {
      names.add(column.toLowerCase(Locale.ROOT));
    }
  }
}
