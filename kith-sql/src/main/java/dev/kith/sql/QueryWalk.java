package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.model.type.TableSchema;
import dev.kith.sql.Relation.Out;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Follows the rows of some tables through a query, and gathers where it looks at several of them at
 * a time. All other tables are constants, and what is computed of them alone may be anything.
 */
final class QueryWalk {

  /** Of a query that has other parts than these nothing is known. */
  static final Set<String> SELECT_FIELDS =
      Set.of(
          "type",
          "cte_map",
          "select_list",
          "from_table",
          "where_clause",
          "group_expressions",
          "group_sets",
          "having",
          "qualify",
          "aggregate_handling",
          "modifiers");

  private static final List<String> EXPRESSIONS =
      List.of("where_clause", "group_expressions", "having", "select_list", "qualify", "modifiers");

  private static final Set<String> OTHER_MODIFIERS = Set.of("ORDER_MODIFIER", "DISTINCT_MODIFIER");

  private final Schemas schemas;
  private final Predicate<TableName> followed;
  private final Set<String> hiddenNamed;
  private final Places places;
  private final Gathering gathering;
  private final List<Finding> findings = new ArrayList<>();

  /** How many of the queries around read none of the tables followed. */
  private int constants;

  /**
   * @param followed tables by name
   */
  QueryWalk(
      ParsedQuery query,
      Schemas schemas,
      FunctionCatalog functions,
      Predicate<TableName> followed) {
    this.schemas = schemas;
    this.followed = followed;
    this.hiddenNamed = query.namedHiddenColumns();
    this.places = QueryParser.places(query.text());
    this.gathering = new Gathering(functions, places, this::found);
  }

  /** Where the query looks at several rows at a time, in some order. */
  List<Finding> findings() {
    return findings;
  }

  Relation walk(JsonNode queryNode) {
    return query(queryNode, QueryNames.NONE);
  }

  private Relation query(JsonNode node, QueryNames outer) {
    boolean constant = outer.reading(node, followed).isEmpty();
    constants += constant ? 1 : 0;
    try {
      return nonConstant(node, outer.within(node));
    } finally {
      constants -= constant ? 1 : 0;
    }
  }

  private Relation nonConstant(JsonNode node, QueryNames names) {
    for (JsonNode modifier : node.path("modifiers")) {
      if (!OTHER_MODIFIERS.contains(Tree.type(modifier))) {
        boolean limit = Tree.type(modifier).startsWith("LIMIT");
        refuse(limit ? "LIMIT depends on other rows" : "unknown modifier", node);
      }
    }
    return switch (Tree.type(node)) {
      case "SELECT_NODE" -> select(node, names);
      case "SET_OPERATION_NODE" -> setOperation(node, names);
      default -> {
        refuse("a recursive query looks at other rows", node);
        yield Relation.UNKNOWN;
      }
    };
  }

  private Relation setOperation(JsonNode node, QueryNames names) {
    String type = node.path("setop_type").asText();
    boolean byName = type.equals("UNION_BY_NAME");
    if (!node.path("setop_all").asBoolean() || !(type.equals("UNION") || byName)) {
      refuse("all set operations but UNION ALL compare rows", node);
    }
    subqueries(node.path("modifiers"), Scope.UNKNOWN, names);
    Relation all = Relation.UNKNOWN;
    boolean first = true;
    for (JsonNode child : node.path("children")) {
      Relation part = query(child, names);
      if (part.inputs().isEmpty()) {
        refuse("no table is read here, so these rows would be added again", child);
      }
      all = first ? part : all.union(part, byName);
      first = false;
    }
    gathering.distinct(node, new Keys(Scope.NOTHING, node.path("select_list"), all));
    return all;
  }

  private Relation select(JsonNode node, QueryNames names) {
    node.properties().stream()
        .map(Map.Entry::getKey)
        .filter(field -> !SELECT_FIELDS.contains(field))
        .sorted()
        .forEach(field -> refuse("'" + field + "' is not known to be row by row", node));
    Scope scope = from(node.path("from_table"), names);
    Relation result = SelectList.relation(node.path("select_list"), scope, scope.inputs());
    Scope seen = scope.with(Scope.of("", result), List.of());
    EXPRESSIONS.forEach(field -> subqueries(node.path(field), seen, names));
    if (!scope.inputs().isEmpty()) {
      gathering.select(node, new Keys(scope, node.path("select_list"), result));
    }
    return result;
  }

  private Scope from(JsonNode table, QueryNames names) {
    String alias = table.path("alias").asText("");
    List<String> columnNames = Tree.strings(table.path("column_name_alias"));
    return switch (Tree.type(table)) {
      case "BASE_TABLE" -> {
        String called = alias.isEmpty() ? String.join(".", Tree.path(table)) : alias;
        yield Scope.of(called, base(table, names).renamed(columnNames));
      }
      case "SUBQUERY" -> {
        Relation inner = query(table.path("subquery").path("node"), names);
        yield Scope.of(alias, inner.settled().renamed(columnNames));
      }
      case "TABLE_FUNCTION" -> list(table, alias, columnNames, names);
      case "EXPRESSION_LIST" -> {
        subqueries(table.path("values"), Scope.UNKNOWN, names);
        yield Scope.of(alias, Relation.UNKNOWN);
      }
      case "EMPTY" -> Scope.NOTHING;
      case "JOIN" -> join(table, names);
      default -> {
        String type = Tree.type(table).toLowerCase(Locale.ROOT);
        refuse("'" + type + "' is not known to be row by row", table);
        yield Scope.of(alias, Relation.UNKNOWN);
      }
    };
  }

  private Relation base(JsonNode table, QueryNames names) {
    Optional<QueryNames.Named> named = names.named(table);
    if (named.isPresent()) {
      Relation inner = query(named.get().cte().query(), named.get().names());
      return inner.settled().renamed(named.get().cte().aliases());
    }
    TableName name = QueryParser.name(Tree.path(table));
    Optional<TableSchema> schema = schemas.schema(name);
    if (schema.isEmpty()) {
      refuse("there is no table '" + name + "'", table);
      return Relation.UNKNOWN;
    }
    boolean follow = followed.test(name);
    List<Out> outs = new ArrayList<>();
    for (Column column : QueryValidator.visible(schema.get(), hiddenNamed).columns()) {
      outs.add(new Out(column.name(), follow ? Map.of(name, InputPart.of(column)) : Map.of()));
    }
    return new Relation(follow ? Set.of(name) : Set.of(), outs, true);
  }

  /** A function that makes rows of its arguments, which may be columns of tables before it. */
  private Scope list(JsonNode table, String alias, List<String> columnNames, QueryNames names) {
    JsonNode function = table.path("function");
    String name = Tree.functionName(function);
    subqueries(function.path("arguments"), Scope.UNKNOWN, names);
    boolean one =
        Set.of("unnest", "range", "generate_series").contains(name)
            && table.path("with_ordinality").asText("").equals("WITHOUT_ORDINALITY");
    Relation rows =
        one
            ? new Relation(Set.of(), List.of(Out.computed(name)), true).renamed(columnNames)
            : Relation.UNKNOWN;
    return Scope.of(alias.isEmpty() ? name : alias, rows);
  }

  /** Row by row if only one side has rows followed, and each is kept or dropped by itself. */
  private Scope join(JsonNode table, QueryNames names) {
    Scope left = from(table.path("left"), names);
    Scope right = from(table.path("right"), names);
    boolean leftReads = !left.inputs().isEmpty();
    boolean rightReads = !right.inputs().isEmpty();
    String type = table.path("join_type").asText();
    String kind = table.path("ref_type").asText();
    List<String> using = Tree.strings(table.path("using_columns"));
    boolean keeps =
        switch (type) {
          case "INNER" -> true;
          case "LEFT", "SEMI", "ANTI" -> !rightReads;
          case "RIGHT" -> !leftReads && using.isEmpty();
          default -> false;
        };
    boolean known = kind.equals("REGULAR") || kind.equals("CROSS");
    if (leftReads && rightReads) {
      refuse(joins(left, right), table.path("right"));
    } else if ((leftReads || rightReads) && !(keeps && known)) {
      refuse("this join is not known to be row by row", table.path("right"));
    }
    boolean onlyLeft = type.equals("SEMI") || type.equals("ANTI");
    Scope both = keeps && known ? left.with(right, using) : left.with(right, using).uncertain();
    subqueries(table.path("condition"), both, names);
    return onlyLeft ? left : both;
  }

  private static String joins(Scope left, Scope right) {
    SortedSet<TableName> inputs = new TreeSet<>(left.inputs());
    inputs.addAll(right.inputs());
    return inputs.stream()
        .map(input -> "'" + input + "'")
        .collect(Collectors.joining(" and ", "a join brings rows of ", " together"));
  }

  /**
   * Subqueries in expressions: constants, as far as the rows followed go.
   *
   * @param seen what they may refer to outside
   */
  private void subqueries(JsonNode expressions, Scope seen, QueryNames names) {
    Tree.own(expressions)
        .filter(node -> Tree.isExpression(node, "SUBQUERY"))
        .map(node -> node.path("subquery"))
        .forEach(
            inner -> {
              names
                  .reading(inner, followed)
                  .ifPresent(table -> refuse(subqueryReads(table), table));
              Tree.descendants(inner)
                  .filter(gathering::isAggregate)
                  .filter(call -> isOfOuter(call, seen))
                  .forEach(
                      call ->
                          refuse(
                              "an aggregate in a subquery may be one of the rows outside", call));
            });
  }

  /** An aggregate whose columns are all from outside is one of the outer query. */
  private static boolean isOfOuter(JsonNode call, Scope seen) {
    List<JsonNode> columns =
        Tree.descendants(call).filter(node -> Tree.isExpression(node, "COLUMN_REF")).toList();
    return !columns.isEmpty() && columns.stream().allMatch(seen::mayHave);
  }

  private static String subqueryReads(JsonNode table) {
    return "a subquery reads '" + String.join(".", Tree.path(table)) + "'";
  }

  private void refuse(String reason, JsonNode about) {
    found(Finding.unclear(reason, places.of(about)));
  }

  private void found(Finding finding) {
    if (constants == 0) {
      findings.add(finding);
    }
  }
}
