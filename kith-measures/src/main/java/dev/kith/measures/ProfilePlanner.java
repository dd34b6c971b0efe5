package dev.kith.measures;

import dev.kith.measures.Expressions.Typed;
import dev.kith.measures.ProfilePlan.Existence;
import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.TableName;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.model.definition.ProfileDefinition.Attribute;
import dev.kith.model.definition.ProfileDefinition.MeasureBlock;
import dev.kith.model.definition.ProfileDefinition.NamedExpression;
import dev.kith.model.definition.ProfileDefinition.Population;
import dev.kith.model.definition.ProfileDefinition.Transactions;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.ListOf;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.DataType.Struct;
import dev.kith.model.type.TableSchema;
import dev.kith.sql.SqlAnalyzer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks a profile's definition against the tables it reads, and works out its columns.
 *
 * <p>Names of columns are taken to be unique, tables to exist, and attributes to have a history;
 * the project's reader has seen to that.
 */
public final class ProfilePlanner {

  private final ProfileDefinition profile;
  private final Function<TableName, Optional<InputTable>> inputs;
  private final Problems problems;
  private final Expressions expressions;
  private final EventTables eventTables;
  private final List<OutputColumn> columns = new ArrayList<>();
  private boolean complete = true;

  private ProfilePlanner(
      ProfileDefinition profile,
      Function<TableName, Optional<InputTable>> inputs,
      SqlAnalyzer analyzer,
      Problems problems) {
    this.profile = profile;
    this.inputs = inputs;
    this.problems = problems;
    this.expressions = new Expressions(analyzer, problems);
    this.eventTables = new EventTables(problems);
  }

  /**
   * The plan, or nothing if the definition has errors, which are added to the problems, or if a
   * table that it reads is not known, which is then a fault of that table's and told there.
   */
  public static Optional<ProfilePlan> plan(
      ProfileDefinition profile,
      Function<TableName, Optional<InputTable>> inputs,
      SqlAnalyzer analyzer,
      Problems problems) {
    Problems found = new Problems();
    ProfilePlanner planner = new ProfilePlanner(profile, inputs, analyzer, found);
    Optional<ProfilePlan> plan = planner.plan();
    problems.addAll(found.all());
    return found.hasErrors() || !planner.complete ? Optional.empty() : plan;
  }

  private Optional<ProfilePlan> plan() {
    Optional<Existence> existence = existence();
    for (MeasureBlock block : profile.measures()) {
      block(block);
    }
    if (complete && !problems.hasErrors()) {
      profile.metrics().forEach(this::metric);
      profile.transactions().ifPresent(this::transactions);
    } else {
      profile.transactions().ifPresent(this::transactions);
    }
    return complete && !problems.hasErrors()
        ? existence.map(who -> new ProfilePlan(profile.name(), who, columns))
        : Optional.empty();
  }

  private Optional<InputTable> table(Located<TableName> reference) {
    Optional<InputTable> table = inputs.apply(reference.value());
    complete &= table.isPresent();
    return table;
  }

  private Optional<Existence> existence() {
    if (profile.from() instanceof Population.History history) {
      return table(history.table()).flatMap(table -> byHistory(history.table(), table));
    }
    List<EventTable> events = new ArrayList<>();
    for (Located<TableName> reference : ((Population.KeysOf) profile.from()).tables()) {
      Optional<InputTable> table = table(reference);
      Optional<EventTable> found =
          table.flatMap(input -> eventTables.of(input, reference, profile.key(), keyType()));
      if (found.isPresent() && columns.isEmpty()) {
        addKey(table.orElseThrow().schema().column(found.get().key()).orElseThrow());
      }
      found.ifPresent(events::add);
    }
    return events.isEmpty() ? Optional.empty() : Optional.of(new Existence.ByEvents(events));
  }

  private Optional<Existence> byHistory(Located<TableName> reference, InputTable table) {
    Optional<TableSchema> schema = table.history().map(InputTable.History::schema);
    Optional<Column> from = schema.flatMap(x -> x.column(InputTable.History.VALID_FROM));
    Optional<Column> to = schema.flatMap(x -> x.column(InputTable.History.VALID_TO));
    if (schema.isEmpty() || from.isEmpty() || to.isEmpty()) {
      problems.add(
          Diagnostic.error(
              MeasureCode.NO_HISTORY,
              reference.span(),
              "'" + reference.value() + "' has no history",
              "make it `kind: entity`, give it the columns valid_from and valid_to, or write"
                  + " `from: {keys_of: [...]}`"));
      return Optional.empty();
    }
    Optional<Column> key =
        eventTables.key(schema.get(), reference, profile.key(), Optional.empty());
    key.ifPresent(this::addKey);
    profile.attributes().forEach(attribute -> attribute(attribute, reference, schema.get()));
    TableName relation = table.history().orElseThrow().relation();
    return key.map(
        column -> new Existence.ByHistory(relation, column.name(), from.get(), to.get()));
  }

  private void addKey(Column key) {
    String name = profile.key().value();
    columns.add(
        new OutputColumn(
            name,
            key.type(),
            new ColumnOrigin.Key(),
            Canonical.of(name, key.type(), "key", List.of())));
  }

  private Optional<DataType> keyType() {
    return columns.stream().findFirst().map(OutputColumn::type);
  }

  private void attribute(Attribute attribute, Located<TableName> table, TableSchema schema) {
    Located<String> name = attribute.column();
    if (expressions.isKnown(name, schema, "'" + table.value() + "'")) {
      Column column = schema.column(name.value()).orElseThrow();
      columns.add(
          new OutputColumn(
              attribute.name(),
              column.type(),
              new ColumnOrigin.Attribute(column.name()),
              Canonical.of(attribute.name(), column.type(), "attribute", List.of(column.name()))));
    }
  }

  private void block(MeasureBlock block) {
    Optional<InputTable> table = table(block.from());
    Located<String> key = block.on().orElse(keyAt(block.from()));
    table
        .flatMap(input -> eventTables.of(input, block.from(), key, keyType()))
        .map(events -> new BlockPlanner(block, events, table.get().schema(), expressions, problems))
        .ifPresent(planner -> columns.addAll(planner.plan()));
  }

  /** The profile's key, to be complained about at the table that lacks it. */
  private Located<String> keyAt(Located<TableName> table) {
    return new Located<>(profile.key().value(), table.span());
  }

  private void metric(NamedExpression metric) {
    List<Column> visible = new ArrayList<>();
    visible.add(new Column(Layers.AS_OF, Primitive.INSTANT));
    columns.forEach(column -> visible.add(column.column()));
    String name = metric.name().value();
    Optional<Typed> typed =
        expressions.ofColumns(
            metric.is(), new TableSchema(visible), "the columns above '" + name + "'");
    if (typed.isEmpty()) {
      return;
    }
    Map<String, String> used = new LinkedHashMap<>();
    typed.get().parsed().columns().forEach(x -> used.put(x.value(), x.value()));
    if (typed.get().parsed().usesAsOf()) {
      used.put(Layers.AS_OF, Layers.AS_OF);
    }
    columns.add(
        new OutputColumn(
            name,
            typed.get().type(),
            new ColumnOrigin.Metric(Canonical.rendered(typed.get()), used),
            Canonical.of(name, typed.get().type(), typed.get().parsed(), used)));
  }

  private void transactions(Transactions transactions) {
    Optional<InputTable> table = table(transactions.from());
    Located<String> key = transactions.on().orElse(keyAt(transactions.from()));
    Optional<EventTable> events =
        table.flatMap(input -> eventTables.of(input, transactions.from(), key, keyType()));
    if (events.isEmpty()) {
      return;
    }
    TableSchema schema = table.orElseThrow().schema();
    List<Column> fields = new ArrayList<>();
    for (Located<String> column : transactions.columns()) {
      if (expressions.isKnown(column, schema, "'" + transactions.from().value() + "'")) {
        fields.add(schema.column(column.value()).orElseThrow());
      }
    }
    ListOf type = new ListOf(new Struct(fields));
    ColumnOrigin origin =
        new ColumnOrigin.Transactions(events.get(), transactions.latest(), fields);
    columns.add(
        new OutputColumn(
            "transactions",
            type,
            origin,
            Canonical.of(
                "transactions",
                type,
                "latest " + transactions.latest(),
                List.of(Canonical.ordered(events.get())))));
  }
}
