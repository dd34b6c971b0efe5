package dev.kith.project;

import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.definition.SourceDefinition.Requirement;
import dev.kith.model.definition.TableDefinition.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads {@code require:} of a source and {@code checks:} of a table. */
final class RequirementReader {

  private final Problems problems;

  RequirementReader(Problems problems) {
    this.problems = problems;
  }

  List<Requirement> requirements(Part source) {
    List<Requirement> requirements = new ArrayList<>();
    source.items("require").forEach(item -> requirements.addAll(requirement(item)));
    return requirements;
  }

  List<Check> checks(Part table) {
    List<Check> checks = new ArrayList<>();
    for (Part item : table.items("checks")) {
      if (item.has("unique")) {
        checks.add(new Check.Unique(item.texts("unique"), item.spanOfKey("unique")));
      }
      requirement(item).forEach(requirement -> checks.add(new Check.EachRow(requirement)));
    }
    return checks;
  }

  private List<Requirement> requirement(Part item) {
    List<Requirement> requirements = new ArrayList<>();
    if (item.has("not_null")) {
      requirements.add(new Requirement.NotNull(item.texts("not_null"), item.spanOfKey("not_null")));
    }
    for (Map.Entry<Located<String>, Part> entry : item.entries("accepted_values").entrySet()) {
      List<String> values = entry.getValue().texts().stream().map(Located::value).toList();
      requirements.add(
          new Requirement.AcceptedValues(entry.getKey(), values, entry.getKey().span()));
    }
    item.entries("range").forEach((column, bounds) -> requirements.add(range(column, bounds)));
    for (Map.Entry<Located<String>, Part> entry : item.entries("matches").entrySet()) {
      requirements.add(
          new Requirement.Matches(
              entry.getKey(), entry.getValue().text().value(), entry.getKey().span()));
    }
    return requirements;
  }

  private Requirement range(Located<String> column, Part bounds) {
    if (!bounds.has("min") && !bounds.has("max")) {
      problems.add(
          Diagnostic.error(
              ProjectCode.INCOMPLETE,
              column.span(),
              "the range of '" + column.value() + "' has neither 'min' nor 'max'"));
    }
    return new Requirement.Range(column, bounds.string("min"), bounds.string("max"), column.span());
  }
}
