package dev.kith.project;

import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.SourceSpan;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.model.definition.ProfileDefinition.Attribute;
import dev.kith.model.definition.ProfileDefinition.Derived;
import dev.kith.model.definition.ProfileDefinition.Measure;
import dev.kith.model.definition.ProfileDefinition.MeasureBlock;
import dev.kith.model.definition.ProfileDefinition.NamedExpression;
import dev.kith.model.definition.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The one namespace of a profile's columns, after windows are expanded. */
final class ProfileNames {

  private final Problems problems;
  private final Map<String, Owner> owners = new HashMap<>();

  private ProfileNames(Problems problems) {
    this.problems = problems;
  }

  /** Reports every name that two columns would have; gives all names, in lower case. */
  static Set<String> check(ProfileDefinition profile, Problems problems) {
    ProfileNames names = new ProfileNames(problems);
    for (String name : List.of("as_of", "transactions", "recommendations")) {
      names.owners.put(name, new Owner("a column that Kith gives to every profile", null));
    }
    names.add(profile.key().value(), "the key", profile.key().span());
    for (Attribute attribute : profile.attributes()) {
      String what = "attribute '" + attribute.column().value() + "'";
      names.add(attribute.name(), what, attribute.column().span());
    }
    for (MeasureBlock block : profile.measures()) {
      names.measures(block);
    }
    for (NamedExpression metric : profile.metrics()) {
      Located<String> name = metric.name();
      names.add(name.value(), "metric '" + name.value() + "'", name.span());
    }
    return names.owners.keySet();
  }

  private void measures(MeasureBlock block) {
    for (Measure measure : block.define()) {
      Located<String> name = measure.name();
      for (Located<Window> window : measure.over().orElse(block.windows())) {
        add(
            ProfileDefinition.columnName(measure.as().orElse(name.value()), window.value()),
            "measure '" + name.value() + "' over " + window.value().text(),
            name.span());
      }
    }
    for (Derived derived : block.derive()) {
      Located<String> name = derived.name();
      for (Located<Window> window : derived.over().orElse(block.windows())) {
        add(
            ProfileDefinition.columnName(name.value(), window.value()),
            "derived '" + name.value() + "' over " + window.value().text(),
            name.span());
      }
    }
  }

  private void add(String name, String what, SourceSpan span) {
    if (name.isEmpty()) {
      return;
    }
    Owner first = owners.putIfAbsent(name.toLowerCase(Locale.ROOT), new Owner(what, span));
    if (first == null) {
      return;
    }
    String place = first.span() == null ? "" : " (" + first.span() + ")";
    problems.add(
        Diagnostic.error(
            ProjectCode.COLUMN_CLASH,
            span,
            "two columns are named '%s': %s, and %s%s".formatted(name, what, first.what(), place),
            "rename one of them, a measure by 'as'"));
  }

  private record Owner(String what, @org.jspecify.annotations.Nullable SourceSpan span) {}
}
