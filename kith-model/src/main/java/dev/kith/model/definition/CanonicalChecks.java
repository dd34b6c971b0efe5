package dev.kith.model.definition;

import dev.kith.model.definition.SourceDefinition.Requirement;
import dev.kith.model.definition.TableDefinition.Check;
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
    if (check instanceof Check.Unique unique) {
      return new CanonicalText()
          .putColumns("unique", CanonicalDefinition.values(unique.columns()))
          .toString();
    }
    return of(((Check.EachRow) check).requirement());
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
