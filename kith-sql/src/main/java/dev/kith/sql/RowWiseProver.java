package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.model.SourceSpan;
import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.model.type.TableSchema;
import dev.kith.sql.Relation.Out;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Goes through one query and gathers what keeps it from being row-wise. */
final class RowWiseProver {

  /** A query that has other parts than these is not known to be row-wise. */
  private static final Set<String> SELECT_FIELDS =
      Set.of(
          "type",
          "cte_map",
          "select_list",
          "from_table",
          "where_clause",
          "aggregate_handling",
          "modifiers");

  private static final Map<String, String> REASONS =
      Map.of(
          "group_expressions", "GROUP BY brings rows together",
          "group_sets", "GROUP BY brings rows together",
          "having", "HAVING is about groups of rows",
          "qualify", "QUALIFY looks at other rows",
          "sample", "a sample is another one each time",
          "DISTINCT_MODIFIER", "DISTINCT compares rows",
          "LIMIT_MODIFIER", "LIMIT depends on other rows",
          "LIMIT_PERCENT_MODIFIER", "LIMIT depends on other rows");

  /** A WITH and the names that hold in it. */
  private record Named(Tree.Cte cte, Map<String, Named> names) {}

  private final ParsedQuery query;
  private final Schemas schemas;
  private final ScalarCheck scalars;
  private final Places places;
  private final List<RowWiseProof.Refused> refusals = new ArrayList<>();

  RowWiseProver(ParsedQuery query, Schemas schemas, FunctionCatalog functions) {
    this.query = query;
    this.schemas = schemas;
    this.scalars = new ScalarCheck(functions);
    this.places = QueryParser.places(query.text());
  }

  RowWiseProof prove() {
    Relation result = query(query.node(), Map.of());
    if (result.inputs().isEmpty()) {
      refuse("no table is read", query.text().span());
    }
    return refusals.isEmpty() ? proven(result) : refusals.get(0);
  }

  private static RowWiseProof proven(Relation result) {
    Map<TableName, Map<String, String>> passThrough = new HashMap<>();
    Set<String> seen = new HashSet<>();
    Set<String> twice = new HashSet<>();
    for (Out out : result.columns()) {
      if (!seen.add(out.name().toLowerCase(Locale.ROOT))) {
        twice.add(out.name().toLowerCase(Locale.ROOT));
      }
    }
    List<TableName> inputs = result.inputs().stream().sorted().toList();
    for (TableName input : inputs) {
      Map<String, String> columns = new LinkedHashMap<>();
      for (Out out : result.columns()) {
        String origin = out.origins().get(input);
        if (origin != null && !twice.contains(out.name().toLowerCase(Locale.ROOT))) {
          columns.put(out.name(), origin);
        }
      }
      passThrough.put(input, columns);
    }
    return new RowWiseProof.Proven(inputs, passThrough);
  }

  private Relation query(JsonNode node, Map<String, Named> outer) {
    Map<String, Named> names = new HashMap<>(outer);
    for (Tree.Cte cte : Tree.ctes(node)) {
      names.put(cte.name(), new Named(cte, Map.copyOf(names)));
    }
    for (JsonNode modifier : node.path("modifiers")) {
      if (!Tree.type(modifier).equals("ORDER_MODIFIER")) {
        refuse(REASONS.getOrDefault(Tree.type(modifier), "unknown modifier"), places.of(node));
      }
    }
    return switch (Tree.type(node)) {
      case "SELECT_NODE" -> select(node, names);
      case "SET_OPERATION_NODE" -> setOperation(node, names);
      default -> {
        refuse("a recursive query looks at other rows", places.of(node));
        yield Relation.UNKNOWN;
      }
    };
  }

  private Relation setOperation(JsonNode node, Map<String, Named> names) {
    String type = node.path("setop_type").asText();
    boolean byName = type.equals("UNION_BY_NAME");
    if (!node.path("setop_all").asBoolean() || !(type.equals("UNION") || byName)) {
      refuse("all set operations but UNION ALL compare rows", places.of(node));
    }
    checkScalar(node.path("modifiers"));
    Relation all = Relation.UNKNOWN;
    boolean first = true;
    for (JsonNode child : node.path("children")) {
      Relation part = query(child, names);
      if (part.inputs().isEmpty()) {
        refuse("no table is read here, so these rows would be added again", places.of(child));
      }
      all = first ? part : all.union(part, byName);
      first = false;
    }
    return all;
  }

  private Relation select(JsonNode node, Map<String, Named> names) {
    node.properties().stream()
        .map(Map.Entry::getKey)
        .filter(field -> !SELECT_FIELDS.contains(field))
        .sorted()
        .forEach(field -> refuseField(field, node));
    if (!node.path("aggregate_handling").asText("").equals("STANDARD_HANDLING")) {
      refuse("GROUP BY ALL brings rows together", places.of(node));
    }
    Scope scope = from(node.path("from_table"), names);
    checkScalar(node.path("where_clause"));
    checkScalar(node.path("modifiers"));
    checkScalar(node.path("select_list"));
    Set<TableName> inputs = new HashSet<>();
    scope.bindings().forEach(binding -> inputs.addAll(binding.relation().inputs()));
    return SelectList.relation(node.path("select_list"), scope, inputs);
  }

  private void refuseField(String field, JsonNode node) {
    JsonNode about = node.path(field);
    boolean place = Tree.extent(about)[0] != Tree.NO_LOCATION;
    refuse(
        REASONS.getOrDefault(field, "'" + field + "' is not known to be row by row"),
        places.of(place ? about : node));
  }

  private Scope from(JsonNode table, Map<String, Named> names) {
    String alias = table.path("alias").asText("");
    List<String> columnNames = Tree.strings(table.path("column_name_alias"));
    if (table.has("sample")) {
      refuse("a sample is another one each time", places.of(table));
    }
    return switch (Tree.type(table)) {
      case "BASE_TABLE" -> {
        List<String> path = Tree.path(table);
        String called = alias.isEmpty() ? String.join(".", path) : alias;
        yield Scope.of(called, base(table, path, names).renamed(columnNames));
      }
      case "SUBQUERY" -> {
        Relation inner = query(table.path("subquery").path("node"), names);
        yield Scope.of(alias, inner.settled().renamed(columnNames));
      }
      case "TABLE_FUNCTION" -> list(table, alias, columnNames);
      case "EXPRESSION_LIST" -> {
        checkScalar(table.path("values"));
        yield Scope.of(alias, Relation.UNKNOWN);
      }
      case "EMPTY" -> Scope.of("", new Relation(Set.of(), List.of(), true));
      case "JOIN" -> join(table, names);
      default -> {
        String type = Tree.type(table).toLowerCase(Locale.ROOT);
        refuse("'" + type + "' is not known to be row by row", places.of(table));
        yield Scope.of(alias, Relation.UNKNOWN);
      }
    };
  }

  private Relation base(JsonNode table, List<String> path, Map<String, Named> names) {
    Named named = path.size() == 1 ? names.get(path.get(0).toLowerCase(Locale.ROOT)) : null;
    if (named != null) {
      Relation inner = query(named.cte.query(), named.names);
      return inner.settled().renamed(named.cte.aliases());
    }
    TableName name = QueryParser.name(path);
    Optional<TableSchema> schema = schemas.schema(name);
    if (schema.isEmpty()) {
      refuse("there is no table '" + name + "'", places.of(table));
      return Relation.UNKNOWN;
    }
    List<Out> outs = new ArrayList<>();
    for (Column column :
        QueryValidator.visible(schema.get(), query.namedHiddenColumns()).columns()) {
      outs.add(new Out(column.name(), Map.of(name, column.name())));
    }
    return new Relation(Set.of(name), outs, true);
  }

  /** A function that makes rows of its arguments, which may be columns of tables before it. */
  private Scope list(JsonNode table, String alias, List<String> columnNames) {
    JsonNode function = table.path("function");
    String name = Tree.functionName(function);
    checkScalar(function.path("arguments"));
    boolean one =
        Set.of("unnest", "range", "generate_series").contains(name)
            && table.path("with_ordinality").asText("").equals("WITHOUT_ORDINALITY");
    Relation rows =
        one
            ? new Relation(Set.of(), List.of(Out.computed(name)), true).renamed(columnNames)
            : Relation.UNKNOWN;
    return Scope.of(alias.isEmpty() ? name : alias, rows);
  }

  /** Row-wise if only one side reads a table, and each of its rows is kept or dropped by itself. */
  private Scope join(JsonNode table, Map<String, Named> names) {
    Scope left = from(table.path("left"), names);
    Scope right = from(table.path("right"), names);
    boolean leftReads = reads(left);
    boolean rightReads = reads(right);
    String type = table.path("join_type").asText();
    String kind = table.path("ref_type").asText();
    boolean keeps =
        switch (type) {
          case "INNER" -> true;
          case "LEFT", "SEMI", "ANTI" -> !rightReads;
          case "RIGHT" -> !leftReads;
          default -> false;
        };
    boolean known = kind.equals("REGULAR") || kind.equals("CROSS");
    if (leftReads && rightReads) {
      refuse("a join makes a row depend on rows of another table", places.of(table.path("right")));
    } else if (!keeps || !known || table.has("using_columns")) {
      refuse("this join is not known to be row by row", places.of(table.path("right")));
    }
    checkScalar(table.path("condition"));
    return type.equals("SEMI") || type.equals("ANTI") ? left : left.with(right);
  }

  private static boolean reads(Scope scope) {
    return scope.bindings().stream().anyMatch(b -> !b.relation().inputs().isEmpty());
  }

  private void checkScalar(JsonNode expressions) {
    scalars.objection(expressions).ifPresent(o -> refuse(o.reason(), places.of(o.node())));
  }

  private void refuse(String reason, SourceSpan span) {
    refusals.add(new RowWiseProof.Refused(reason, span));
  }
}
