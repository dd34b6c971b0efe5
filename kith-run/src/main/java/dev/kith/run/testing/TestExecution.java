package dev.kith.run.testing;

import dev.kith.engine.RowSink;
import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.measures.AsOfCompiler;
import dev.kith.measures.CompiledQuery;
import dev.kith.measures.Instants;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.TableName;
import dev.kith.model.definition.SourceDefinition.Kind;
import dev.kith.model.definition.TestDefinition.Expectation;
import dev.kith.model.type.Column;
import dev.kith.model.type.TableSchema;
import dev.kith.run.asof.DatasetRows;
import dev.kith.run.asof.StandingCopies;
import dev.kith.run.graph.Node;
import dev.kith.run.graph.Relations;
import dev.kith.run.graph.Relations.Relation;
import dev.kith.run.graph.SourceRelations;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Computes what one test expects, in a session of its own: the very queries of a run, over
 * temporary tables with the given rows.
 */
final class TestExecution {

  private final TestPlan plan;
  private final Relations relations;
  private final Map<TableName, Node> owners;
  private final Session session;
  private final ZoneId zone;
  private final Problems problems;
  private final Map<TableName, String> stored = new HashMap<>();

  /**
   * @param owners of relations, by the name of what defines them
   * @param problems takes what shows only when rows are there
   */
  TestExecution(
      TestPlan plan,
      Relations relations,
      Map<TableName, Node> owners,
      Session session,
      ZoneId zone,
      Problems problems) {
    this.plan = plan;
    this.relations = relations;
    this.owners = owners;
    this.session = session;
    this.zone = zone;
    this.problems = problems;
  }

  /** The tables that differ. */
  List<TableDifference> run() {
    for (Node node : plan.build()) {
      if (node instanceof Node.TableNode table) {
        compute(table);
      } else if (node instanceof Node.ProfileNode profile) {
        compute(profile);
      } else if (node instanceof Node.DatasetNode dataset) {
        compute(dataset);
      }
    }
    List<TableDifference> differences = new ArrayList<>();
    for (TestPlan.Expected expected : plan.expect()) {
      TableDifference difference = compare(expected);
      if (!difference.isNone()) {
        differences.add(difference);
      }
    }
    return differences;
  }

  private void compute(Node.TableNode table) {
    table.inputs().forEach(input -> bind(input, table.hiddenNamed()));
    store(table.name(), typed(table.schema(), table.query().render(plan.asOf())));
  }

  private void compute(Node.ProfileNode profile) {
    profile.plan().inputs().forEach(input -> bind(input, Set.of("_since_ever")));
    CompiledQuery compiled =
        AsOfCompiler.compile(profile.plan(), new Instants.Single(plan.asOf()), zone);
    for (CompiledQuery.Step step : compiled.steps()) {
      session.materialise(step.name(), step.sql());
    }
    store(profile.name(), typed(profile.schema(), compiled.sql()));
    compiled.steps().forEach(step -> session.drop(step.name()));
  }

  private void compute(Node.DatasetNode dataset) {
    String sql =
        new DatasetRows(session, zone, asked -> StandingCopies.NONE, this::bind).query(dataset);
    store(dataset.name(), typed(dataset.schema(), sql));
  }

  /** As the columns are stored, which may be narrower than what a query gives. */
  private static String typed(TableSchema schema, String sql) {
    return "SELECT "
        + schema.columns().stream()
            .map(
                column ->
                    "CAST(%s AS %s) AS %s"
                        .formatted(column.quotedName(), column.type().sql(), column.quotedName()))
            .collect(Collectors.joining(", "))
        + " FROM ("
        + sql
        + ")";
  }

  private void store(TableName name, String sql) {
    String table = newName(name);
    session.materialise(table, sql);
    stored.put(name, table);
  }

  private String newName(TableName name) {
    return "kith_test_" + stored.size() + "_" + name.toString().replace('.', '_');
  }

  /** Makes a relation readable; hidden columns that are not named stay hidden. */
  private void bind(TableName name, Set<String> hiddenNamed) {
    Relation relation = relations.find(name).orElseThrow();
    String visible =
        relation.visible(hiddenNamed).columns().stream()
            .map(Column::quotedName)
            .collect(Collectors.joining(", "));
    session.bindView(name, "SELECT " + visible + " FROM " + quoted(rowsOf(relation)));
  }

  /** The temporary table with the rows of a relation, which is filled when it is first read. */
  private String rowsOf(Relation relation) {
    String known = stored.get(relation.name());
    if (known != null) {
      return known;
    }
    TypedRows given = plan.given().get(relation.name());
    if (given == null && owners.get(relation.owner()) instanceof Node.SourceNode source) {
      Optional<String> derived = counterpart(relation, source);
      if (derived.isPresent()) {
        store(relation.name(), derived.get());
        return rowsOf(relation);
      }
    }
    String table = newName(relation.name());
    List<TypedRow> rows = given == null ? List.of() : ready(given);
    try (RowSink sink = session.stage(table, relation.schema())) {
      List<Column> columns = relation.schema().columns();
      for (TypedRow row : rows) {
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = row.value(columns.get(i).name());
        }
        sink.add(values);
      }
    }
    stored.put(relation.name(), table);
    return table;
  }

  /** The rows of an entity from its history that is given, or the other way round. */
  private Optional<String> counterpart(Relation relation, Node.SourceNode source) {
    TableName history = SourceRelations.history(source.definition());
    boolean isHistory = relation.name().equals(history);
    TableName other = isHistory ? source.name() : history;
    if (source.definition().kind() != Kind.ENTITY
        || relation.name().equals(source.definition().rejected())
        || !plan.given().containsKey(other)) {
      return Optional.empty();
    }
    Relation from = relations.find(other).orElseThrow();
    String columns =
        relation.schema().columns().stream()
            .map(column -> isHistory ? sinceEver(column) : column.quotedName())
            .collect(Collectors.joining(", "));
    String where = isHistory ? "" : " WHERE \"valid_to\" IS NULL";
    return Optional.of("SELECT " + columns + " FROM " + quoted(rowsOf(from)) + where);
  }

  /** A current row is valid since ever, as the first version of an entity is. */
  private static String sinceEver(Column column) {
    return switch (column.name()) {
      case "valid_from" -> "TIMESTAMPTZ '0001-01-01 00:00:00+00' AS \"valid_from\"";
      case "valid_to" -> "CAST(NULL AS TIMESTAMPTZ) AS \"valid_to\"";
      case "_since_ever" -> "true AS \"_since_ever\"";
      default -> column.quotedName();
    };
  }

  private List<TypedRow> ready(TypedRows rows) {
    if (rows instanceof TypedRows.Ready ready) {
      return ready.rows();
    }
    TypedRows.Query query = (TypedRows.Query) rows;
    ValueReader values = new ValueReader(zone, problems);
    List<TypedRow> read = new ArrayList<>();
    try (Rows result = session.query(query.sql())) {
      while (result.next()) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < query.targets().size(); i++) {
          Column target = query.targets().get(i);
          row.put(target.name(), values.convert(result.value(i), target, query.span()));
        }
        read.add(new TypedRow(row));
      }
    }
    problems.throwIfErrors();
    return read;
  }

  private TableDifference compare(TestPlan.Expected expected) {
    Expectation definition = expected.definition();
    TableSchema schema = expected.node().schema();
    List<TypedRow> wanted = ready(expected.rows());
    Set<String> named = new LinkedHashSet<>();
    wanted.forEach(row -> named.addAll(row.columns()));
    List<String> key = key(expected.node());
    List<Column> compared =
        schema.columns().stream()
            .filter(column -> named.isEmpty() || named.contains(column.name()))
            .toList();
    List<TypedRow> actual = read(expected.node(), schema);
    RowComparison comparison = new RowComparison(schema.columns(), key, wanted, actual);
    List<RowDifference> differing = List.of();
    if (definition.rows().isPresent()) {
      differing =
          definition.ordered() ? comparison.inOrder() : comparison.inAnyOrder(definition.partial());
    }
    OptionalLong count =
        definition
            .count()
            .filter(located -> located.value() != actual.size())
            .map(located -> OptionalLong.of(located.value()))
            .orElse(OptionalLong.empty());
    return new TableDifference(
        expected.node().name(),
        definition.relation().span(),
        compared,
        differing,
        count,
        actual.size());
  }

  private List<TypedRow> read(Node node, TableSchema schema) {
    String columns =
        schema.columns().stream().map(Column::quotedName).collect(Collectors.joining(", "));
    String table = Objects.requireNonNull(stored.get(node.name()));
    List<TypedRow> rows = new ArrayList<>();
    try (Rows result = session.query("SELECT " + columns + " FROM " + quoted(table))) {
      while (result.next()) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < schema.columns().size(); i++) {
          row.put(schema.columns().get(i).name(), result.value(i));
        }
        rows.add(new TypedRow(row));
      }
    }
    return rows;
  }

  private static List<String> key(Node node) {
    if (node instanceof Node.ProfileNode profile) {
      return List.of(profile.plan().key().name());
    }
    return node instanceof Node.TableNode table
        ? table.definition().key().stream()
            .map(Located::value)
            .map(name -> table.schema().column(name).map(Column::name).orElse(name))
            .toList()
        : List.of();
  }

  private static String quoted(String table) {
    return "\"" + table + "\"";
  }
}
