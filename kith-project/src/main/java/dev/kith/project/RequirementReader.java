package dev.kith.project;

import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.definition.SourceDefinition.Requirement;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code require:} of a source, and what {@code checks:} demands of each row. */
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

  /** Those of an item of such a list: none if it is of another kind. */
  List<Requirement> requirement(Part item) {
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
    Optional<BigDecimal> min = bounds.string("min").flatMap(RequirementReader::number);
    Optional<BigDecimal> max = bounds.string("max").flatMap(RequirementReader::number);
    if (min.isPresent() && max.isPresent() && min.get().compareTo(max.get()) > 0) {
      problems.add(
          Diagnostic.error(
              ProjectCode.CONFLICTING_KEYS,
              column.span(),
              "no '%s' is from %s to %s".formatted(column.value(), min.get(), max.get()),
              "swap them"));
    }
    return new Requirement.Range(column, bounds.string("min"), bounds.string("max"), column.span());
  }

  private static Optional<BigDecimal> number(String text) {
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return Optional.empty(); // a date, or a time
    }
  }
}
