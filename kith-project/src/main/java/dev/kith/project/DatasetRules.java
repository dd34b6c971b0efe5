package dev.kith.project;

import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.SourceSpan;
import dev.kith.model.Suggestion;
import dev.kith.model.definition.DatasetDefinition;
import dev.kith.model.definition.DatasetDefinition.LabelBlock;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.model.definition.ProfileDefinition.Derived;
import dev.kith.model.definition.ProfileDefinition.Measure;
import dev.kith.model.definition.Window;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a dataset says about its profile, and the one namespace of features and labels. */
final class DatasetRules {

  private static final String EXISTS = "exists";

  private final Definitions definitions;
  private final Problems problems;

  DatasetRules(Definitions definitions, Problems problems) {
    this.definitions = definitions;
    this.problems = problems;
  }

  void check(DatasetDefinition dataset) {
    Optional<ProfileDefinition> profile =
        definitions.profiles().stream()
            .filter(one -> one.name().equals(dataset.profile().value()))
            .findFirst();
    if (profile.isPresent()) {
      check(dataset, profile.get());
    } else if (!definitions.broken().contains(dataset.profile().value())) {
      unknownProfile(dataset);
    }
  }

  private void unknownProfile(DatasetDefinition dataset) {
    Diagnostic found =
        Diagnostic.error(
            ProjectCode.UNKNOWN_TABLE,
            dataset.profile().span(),
            "no profile '" + dataset.profile().value() + "'");
    List<String> names = definitions.profiles().stream().map(one -> one.name().toString()).toList();
    problems.add(
        References.didYouMean(dataset.profile().value(), names).map(found::withHelp).orElse(found));
  }

  private void check(DatasetDefinition dataset, ProfileDefinition profile) {
    Set<String> columns = new TreeSet<>(ProfileNames.check(profile, new Problems()));
    columns.removeAll(Set.of("as_of", "recommendations", lower(profile.key().value())));
    if (profile.transactions().isEmpty()) {
      columns.remove("transactions");
    }
    dataset.features().forEach(name -> requireColumn(name, columns));
    dataset.except().forEach(name -> requireColumn(name, columns));
    Set<String> taken = new TreeSet<>(columns);
    taken.addAll(List.of(EXISTS, DatasetKeys.AS_OF, lower(profile.key().value())));
    dataset.labels().forEach(block -> labels(block, taken));
  }

  private void requireColumn(Located<String> name, Set<String> columns) {
    if (!columns.contains(lower(name.value()))) {
      Diagnostic found =
          Diagnostic.error(
              ProjectCode.UNKNOWN_COLUMN,
              name.span(),
              "the profile has no column '" + name.value() + "'");
      problems.add(Suggestion.didYouMean(name.value(), columns).map(found::withHelp).orElse(found));
    }
  }

  private void labels(LabelBlock block, Set<String> taken) {
    for (Measure measure : block.measures().define()) {
      List<Located<Window>> windows = measure.over().orElse(block.measures().windows());
      String stem = measure.as().orElse(measure.name().value());
      windows.forEach(window -> label(stem, window.value(), measure.name().span(), taken));
    }
    for (Derived derived : block.measures().derive()) {
      List<Located<Window>> windows = derived.over().orElse(block.measures().windows());
      Located<String> name = derived.name();
      windows.forEach(window -> label(name.value(), window.value(), name.span(), taken));
    }
  }

  private void label(String stem, Window window, SourceSpan span, Set<String> taken) {
    String name = ProfileDefinition.columnName(stem, window);
    if (!taken.add(lower(name))) {
      problems.add(
          Diagnostic.error(
              ProjectCode.COLUMN_CLASH,
              span,
              "two columns are named '%s': a label, and another label or a feature".formatted(name),
              "rename the label, by 'as'"));
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
