package dev.kith.project;

import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.SourceSpan;
import dev.kith.model.Suggestion;
import dev.kith.model.TableName;
import dev.kith.model.definition.Documentation;
import dev.kith.model.definition.Documentation.ColumnDocumentation;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.model.definition.ProfileDefinition.Attribute;
import dev.kith.model.definition.ProfileDefinition.NamedExpression;
import dev.kith.model.definition.ProfileDefinition.Population;
import dev.kith.model.definition.ProfileDefinition.Transactions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a profile of its checked file. */
final class ProfileReader {

  private final Problems problems;

  ProfileReader(Problems problems) {
    this.problems = problems;
  }

  /**
   * Reports what cannot be, and makes the profile; it is of use only if nothing was reported for
   * its file. What is missing is left empty, so that the rest can be looked at.
   */
  ProfileDefinition read(ProjectFile file, Part part) {
    Optional<Located<String>> key = part.text("key");
    Map<String, ColumnDocumentation> documented = new LinkedHashMap<>();
    List<Attribute> attributes = attributes(part, documented);
    Documentation own = DocumentationReader.read(part);
    documented.putAll(own.columns());
    documented.values().removeIf(DocumentationReader.NO_COLUMN::equals);
    ProfileDefinition profile =
        new ProfileDefinition(
            file.name(),
            new Documentation(own.description(), own.owner(), own.tags(), documented),
            part.text("profile").map(Located::span).orElse(file.start()),
            key.orElse(new Located<>("", file.start())),
            population(part),
            attributes,
            transactions(part),
            part.items("measures").stream()
                .map(MeasureBlockReader.ofProfile(problems)::read)
                .toList(),
            part.entries("metrics").entrySet().stream().map(ProfileReader::metric).toList(),
            part.flag("as_of_copy"),
            new CheckReader(problems).read(part));
    key.ifPresent(column -> requireName(column.value(), column.span()));
    for (Attribute attribute : attributes) {
      requireName(attribute.name(), attribute.column().span());
    }
    if (profile.from() instanceof Population.KeysOf && part.has("from") && !attributes.isEmpty()) {
      problems.add(
          Diagnostic.error(
              ProjectCode.NO_HISTORY,
              part.spanOfKey("attributes"),
              "attributes need a history, and 'keys_of' gives keys only",
              "name an entity in 'from', or make a measure of it such as last(country)"));
    }
    Set<String> names = ProfileNames.check(profile, problems);
    for (Located<String> described : part.entries("columns").keySet()) {
      requireColumn(described, names);
    }
    return profile;
  }

  private static Population population(Part part) {
    Optional<Part> from = part.part("from");
    if (from.isPresent() && from.get().isScalar()) {
      return new Population.History(table(from.get().text()));
    }
    return new Population.KeysOf(
        from.map(keys -> keys.texts("keys_of")).orElse(List.of()).stream()
            .map(ProfileReader::table)
            .toList());
  }

  private static List<Attribute> attributes(
      Part part, Map<String, ColumnDocumentation> documentation) {
    List<Attribute> attributes = new ArrayList<>();
    for (Part item : part.items("attributes")) {
      if (item.isScalar()) {
        attributes.add(new Attribute(item.text(), item.text().value()));
      } else if (!item.isKeyed()) {
        item.entries()
            .forEach((column, name) -> attributes.add(new Attribute(column, name.text().value())));
      } else if (item.has("is")) {
        Located<String> column = item.text("is").orElseThrow();
        String name = item.string("as").orElse(column.value());
        attributes.add(new Attribute(column, name));
        documentation.put(name, DocumentationReader.column(item));
      }
    }
    return attributes;
  }

  private static Optional<Transactions> transactions(Part part) {
    Optional<Part> written = part.part("transactions");
    if (written.isEmpty() || !written.get().has("from") || !written.get().has("latest")) {
      return Optional.empty();
    }
    Part settings = written.get();
    return Optional.of(
        new Transactions(
            table(settings.text("from").orElseThrow()),
            settings.text("on"),
            settings.string("latest").map(Integer::parseInt).orElseThrow(),
            settings.texts("columns")));
  }

  private static NamedExpression metric(Map.Entry<Located<String>, Part> entry) {
    return new NamedExpression(
        entry.getKey(),
        MeasureBlockReader.expression(entry.getKey(), entry.getValue()),
        DocumentationReader.column(entry.getValue()));
  }

  static Located<TableName> table(Located<String> text) {
    return new Located<>(TableName.parse(text.value()), text.span());
  }

  private void requireColumn(Located<String> described, Set<String> names) {
    if (!names.contains(described.value().toLowerCase(Locale.ROOT))) {
      Diagnostic found =
          Diagnostic.error(
              ProjectCode.UNKNOWN_COLUMN,
              described.span(),
              "the profile has no column '" + described.value() + "'");
      problems.add(
          Suggestion.didYouMean(described.value(), names).map(found::withHelp).orElse(found));
    }
  }

  private void requireName(String name, SourceSpan span) {
    if (!Format.isName(name)) {
      problems.add(
          Diagnostic.error(
              ProjectCode.INVALID_NAME,
              span,
              "'" + name + "' is not a valid name of a column of a profile",
              "rename it: letters, digits and _, a letter first"));
    }
  }
}
