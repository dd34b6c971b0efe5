package dev.kith.model.definition;

import dev.kith.model.definition.SourceDefinition.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The canonical form of requirements and checks: all must hold, so their order is of no matter. */
final class CanonicalChecks {

  private CanonicalChecks() {}

  static List<String> ofRequirements(List<Requirement> requirements) {
    return requirements.stream().map(CanonicalChecks::of).distinct().sorted().toList();
  }

  static String ofChecks(List<Check> checks) {
    return checks.stream()
        .map(CanonicalChecks::of)
        .distinct()
        .sorted()
        .collect(Collectors.joining());
  }

  private static String of(Check check) {
    return new CanonicalText().put(check.severity().name(), of(check.expectation())).toString();
  }

  private static String of(Expectation expectation) {
    CanonicalText text = new CanonicalText();
    if (expectation instanceof Expectation.EachRow each) {
      return of(each.requirement());
    } else if (expectation instanceof Expectation.Unique unique) {
      text.putColumns("unique", CanonicalDefinition.values(unique.columns()));
    } else if (expectation instanceof Expectation.Relationship relationship) {
      text.putColumns("relationship", CanonicalDefinition.values(relationship.columns()))
          .put("to", relationship.to().value().toString())
          .putColumns("to_columns", CanonicalDefinition.values(relationship.toColumns()));
    } else if (expectation instanceof Expectation.RowCount count) {
      text.put("row_count", "")
          .put("min", count.min().map(String::valueOf))
          .put("max", count.max().map(String::valueOf))
          .put("change", count.change().map(String::valueOf));
    } else if (expectation instanceof Expectation.Freshness freshness) {
      text.putColumns("freshness", List.of(freshness.column().value()))
          .put("within", freshness.within().text());
    } else if (expectation instanceof Expectation.Distribution distribution) {
      text.putColumns("distribution", List.of(distribution.column().value()))
          .put("max_shift", String.valueOf(distribution.maxShift()));
    } else if (expectation instanceof Expectation.Sql sql) {
      text.put("sql", sql.query().value().strip());
    }
    return text.toString();
  }

  private static String of(Requirement requirement) {
    CanonicalText text = new CanonicalText();
    if (requirement instanceof Requirement.NotNull notNull) {
      text.putColumns("not_null", CanonicalDefinition.values(notNull.columns()));
    } else if (requirement instanceof Requirement.AcceptedValues accepted) {
      List<String> parts =
          new ArrayList<>(List.of(CanonicalText.column(accepted.column().value())));
      parts.addAll(accepted.values().stream().sorted().toList());
      text.put("accepted_values", parts);
    } else if (requirement instanceof Requirement.Range range) {
      text.putColumns("range", List.of(range.column().value()))
          .put("min", range.min())
          .put("max", range.max());
    } else if (requirement instanceof Requirement.Matches matches) {
      text.put(
          "matches", List.of(CanonicalText.column(matches.column().value()), matches.pattern()));
    }
    return text.toString();
  }
}
