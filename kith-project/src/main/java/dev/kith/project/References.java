package dev.kith.project;

import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.Suggestion;
import dev.kith.model.TableName;
import dev.kith.model.definition.Check;
import dev.kith.model.definition.DatasetDefinition;
import dev.kith.model.definition.Definition;
import dev.kith.model.definition.Expectation;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.model.definition.ProfileDefinition.Population;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.SourceDefinition.Kind;
import dev.kith.model.definition.SourceDefinition.Origin;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What definitions say about each other, as far as it shows without SQL. */
final class References {

  static final String HISTORY = "_history";

  private final Definitions definitions;
  private final Problems problems;
  private final Map<TableName, Definition> readable = new HashMap<>();

  References(Definitions definitions, Problems problems) {
    this.definitions = definitions;
    this.problems = problems;
    Stream.of(definitions.sources(), definitions.tables())
        .flatMap(List::stream)
        .forEach(definition -> readable.put(definition.name(), definition));
  }

  /** Of sources to the connections of kith.yaml. */
  void checkConnections(Collection<String> connections) {
    for (SourceDefinition source : definitions.sources()) {
      if (source.from() instanceof Origin.Database database
          && !connections.contains(database.connection().value())) {
        String name = database.connection().value();
        problems.add(
            Diagnostic.error(
                ProjectCode.UNKNOWN_CONNECTION,
                database.connection().span(),
                "no connection '" + name + "'",
                Suggestion.didYouMean(name, connections)
                    .orElse("define it in kith.yaml under 'connections'")));
      }
    }
  }

  /** Names that an entity needs for its history. */
  void checkHistories() {
    for (SourceDefinition source : definitions.sources()) {
      if (source.kind() != Kind.ENTITY) {
        continue;
      }
      TableName history = source.name().withSuffix(HISTORY);
      Stream.<List<? extends Definition>>of(
              definitions.sources(), definitions.tables(), definitions.profiles())
          .flatMap(List::stream)
          .filter(definition -> definition.name().equals(history))
          .forEach(
              definition ->
                  problems.add(
                      Diagnostic.error(
                          ProjectCode.RESERVED_NAME,
                          definition.span(),
                          "'%s' is the history of the entity '%s'"
                              .formatted(history, source.name()),
                          "choose another name")));
    }
  }

  /** Of profiles to tables. */
  void checkProfile(ProfileDefinition profile) {
    if (profile.from() instanceof Population.History history) {
      checkTable(history.table());
      if (readable.get(history.table().value()) instanceof SourceDefinition source
          && source.kind() == Kind.EVENTS) {
        problems.add(
            Diagnostic.error(
                ProjectCode.NO_HISTORY,
                history.table().span(),
                "'" + source.name() + "' holds events, which are no history of people",
                "write {keys_of: [" + source.name() + "]} if people exist from their first event"));
      }
    }
    if (profile.from() instanceof Population.KeysOf keys) {
      keys.tables().forEach(this::checkTable);
    }
    profile.transactions().ifPresent(transactions -> checkTable(transactions.from()));
    profile.measures().forEach(block -> checkTable(block.from()));
  }

  /** Of the labels of datasets to tables. */
  void checkDataset(DatasetDefinition dataset) {
    dataset.labels().forEach(block -> checkTable(block.measures().from()));
  }

  /** Of checks to tables, profiles and datasets. */
  void checkRelationships(Definition definition) {
    for (Check check : definition.checks()) {
      if (check.expectation() instanceof Expectation.Relationship relationship
          && Stream.concat(definitions.profiles().stream(), definitions.datasets().stream())
              .noneMatch(built -> built.name().equals(relationship.to().value()))) {
        checkTable(relationship.to());
      }
    }
  }

  private void checkTable(Located<TableName> reference) {
    TableName name = reference.value();
    if (name.equals(MeasureBlockReader.UNKNOWN) || isKnown(name)) {
      return;
    }
    Optional<ProfileDefinition> profile =
        definitions.profiles().stream().filter(one -> one.name().equals(name)).findFirst();
    if (profile.isPresent()) {
      report(reference, "'" + name + "' is a profile, and no table of events", Optional.empty());
      return;
    }
    if (definitions.datasets().stream().anyMatch(one -> one.name().equals(name))) {
      report(reference, "'" + name + "' is a dataset, and no table of events", Optional.empty());
      return;
    }
    Optional<Definition> withoutHistory = historyOf(name).map(readable::get);
    if (withoutHistory.isPresent()) {
      report(
          reference,
          "no table '" + name + "'",
          Optional.of("only a source of kind entity has a history"));
      return;
    }
    List<String> names =
        Stream.concat(
                Stream.concat(readable.keySet().stream(), definitions.broken().stream()),
                definitions.sources().stream()
                    .filter(source -> source.kind() == Kind.ENTITY)
                    .map(source -> source.name().withSuffix(HISTORY)))
            .map(TableName::toString)
            .toList();
    report(reference, "no table '" + name + "'", didYouMean(name, names));
  }

  /** The table of that name in some schema, or else one of a similar name. */
  static Optional<String> didYouMean(TableName name, Collection<String> names) {
    return names.stream()
        .filter(one -> one.endsWith("." + name))
        .min(Comparator.naturalOrder())
        .map(one -> "did you mean '" + one + "'?")
        .or(() -> Suggestion.didYouMean(name.toString(), names));
  }

  private void report(Located<TableName> reference, String message, Optional<String> help) {
    Diagnostic found = Diagnostic.error(ProjectCode.UNKNOWN_TABLE, reference.span(), message);
    problems.add(help.map(found::withHelp).orElse(found));
  }

  private boolean isKnown(TableName name) {
    if (readable.containsKey(name) || definitions.broken().contains(name)) {
      return true;
    }
    Optional<TableName> source = historyOf(name);
    return source.filter(definitions.broken()::contains).isPresent()
        || source.map(readable::get).stream()
            .anyMatch(
                definition ->
                    definition instanceof SourceDefinition entity && entity.kind() == Kind.ENTITY);
  }

  private static Optional<TableName> historyOf(TableName name) {
    String text = name.name();
    return text.endsWith(HISTORY) && text.length() > HISTORY.length()
        ? Optional.of(
            new TableName(name.schema(), text.substring(0, text.length() - HISTORY.length())))
        : Optional.empty();
  }
}
