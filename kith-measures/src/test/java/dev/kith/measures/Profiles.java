package dev.kith.measures;

import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.SourceSpan;
import dev.kith.model.TableName;
import dev.kith.model.definition.Documentation;
import dev.kith.model.definition.Documentation.ColumnDocumentation;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.model.definition.ProfileDefinition.Attribute;
import dev.kith.model.definition.ProfileDefinition.Derived;
import dev.kith.model.definition.ProfileDefinition.Measure;
import dev.kith.model.definition.ProfileDefinition.MeasureBlock;
import dev.kith.model.definition.ProfileDefinition.NamedExpression;
import dev.kith.model.definition.ProfileDefinition.Population;
import dev.kith.model.definition.ProfileDefinition.Transactions;
import dev.kith.model.definition.Window;
import dev.kith.model.definition.Window.Direction;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.TableSchema;
import dev.kith.sql.SqlAnalyzer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes profiles for tests, and the tables that they read. */
final class Profiles {

  private static final ColumnDocumentation NO_DOCUMENTATION =
      new ColumnDocumentation(Optional.empty(), false, List.of());

  private final Map<TableName, InputTable> tables = new LinkedHashMap<>();
  private final List<Attribute> attributes = new ArrayList<>();
  private final List<MeasureBlock> blocks = new ArrayList<>();
  private final List<NamedExpression> metrics = new ArrayList<>();
  private Optional<Transactions> transactions = Optional.empty();
  private Population population = new Population.KeysOf(List.of());
  private int line = 1;

  /** A text at the start of a line of its own. */
  Located<String> text(String value) {
    return new Located<>(value, SourceSpan.at("profiles/p.yaml", ++line, 10));
  }

  Located<TableName> name(String value) {
    return new Located<>(TableName.parse(value), SourceSpan.at("profiles/p.yaml", ++line, 10));
  }

  static TableSchema schema(String... namesAndTypes) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < namesAndTypes.length; i += 2) {
      columns.add(new Column(namesAndTypes[i], DataType.parse(namesAndTypes[i + 1]).orElseThrow()));
    }
    return new TableSchema(columns);
  }

  Profiles events(String table, String at, List<String> id, TableSchema schema) {
    return table(
        new InputTable(
            TableName.parse(table),
            schema,
            Optional.of(at),
            id,
            Optional.empty(),
            Optional.empty()));
  }

  Profiles table(InputTable table) {
    tables.put(table.name(), table);
    return this;
  }

  Profiles people(String table, TableSchema schema) {
    TableName name = TableName.of(table);
    Optional<InputTable.History> history = Optional.of(new InputTable.History(name, schema));
    table(new InputTable(name, schema, Optional.empty(), List.of(), Optional.empty(), history));
    population = new Population.History(name(table));
    return this;
  }

  Profiles keysOf(String... names) {
    population = new Population.KeysOf(Arrays.stream(names).map(this::name).toList());
    return this;
  }

  Profiles attribute(String column) {
    attributes.add(new Attribute(text(column), column));
    return this;
  }

  Profiles transactions(String table, int latest, String... columns) {
    List<Located<String>> located = Arrays.stream(columns).map(this::text).toList();
    transactions = Optional.of(new Transactions(name(table), Optional.empty(), latest, located));
    return this;
  }

  Profiles metric(String name, String is) {
    metrics.add(new NamedExpression(text(name), text(is), NO_DOCUMENTATION));
    return this;
  }

  Block block(String from, String... windows) {
    return new Block(from, windows);
  }

  /** A block of measures in the making. */
  final class Block {
    private final String from;
    private final List<Located<Window>> windows;
    private final List<Measure> define = new ArrayList<>();
    private final List<Derived> derive = new ArrayList<>();
    private Optional<Located<String>> on = Optional.empty();

    Block(String from, String... windows) {
      this.from = from;
      this.windows = windows(windows);
    }

    private List<Located<Window>> windows(String... texts) {
      return Arrays.stream(texts)
          .map(text -> new Located<>(window(text), SourceSpan.at("profiles/p.yaml", ++line, 10)))
          .toList();
    }

    Block on(String column) {
      on = Optional.of(text(column));
      return this;
    }

    Block measure(String name, String is, String... over) {
      Optional<List<Located<Window>>> own =
          over.length == 0 ? Optional.empty() : Optional.of(windows(over));
      define.add(new Measure(text(name), text(is), own, Optional.empty(), NO_DOCUMENTATION));
      return this;
    }

    Block derive(String name, String is, String... over) {
      Optional<List<Located<Window>>> own =
          over.length == 0 ? Optional.empty() : Optional.of(windows(over));
      derive.add(new Derived(text(name), text(is), own, NO_DOCUMENTATION));
      return this;
    }

    Profiles end() {
      SourceSpan span = SourceSpan.at("profiles/p.yaml", ++line, 1);
      blocks.add(new MeasureBlock(span, name(from), on, windows, define, derive));
      return Profiles.this;
    }
  }

  /** {@code 30d}, {@code ever}, or {@code next 30d} for one that looks ahead. */
  static Window window(String text) {
    return text.startsWith("next ")
        ? Window.parse(text.substring(5), Direction.AHEAD).orElseThrow()
        : Window.parse(text, Direction.BACK).orElseThrow();
  }

  ProfileDefinition definition(String key) {
    return new ProfileDefinition(
        TableName.of("p"),
        Documentation.NONE,
        SourceSpan.startOf("profiles/p.yaml"),
        new Located<>(key, SourceSpan.at("profiles/p.yaml", 2, 6)),
        population,
        attributes,
        transactions,
        blocks,
        metrics,
        false,
        List.of());
  }

  Optional<ProfilePlan> plan(String key, SqlAnalyzer analyzer, Problems problems) {
    return ProfilePlanner.plan(
        definition(key), name -> Optional.ofNullable(tables.get(name)), analyzer, problems);
  }

  /** The plan of a profile without faults. */
  ProfilePlan plan(String key, SqlAnalyzer analyzer) {
    Problems problems = new Problems();
    Optional<ProfilePlan> plan = plan(key, analyzer, problems);
    problems.throwIfErrors();
    return plan.orElseThrow();
  }
}
