package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kith.sql.FunctionCatalog.Trait;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Leaves out of a query what does not tell on some of its columns: the other items of its select
 * list, and those items of its common table expressions that nothing names any more. What decides
 * which rows there are stays, and so does all of which that cannot be shown. So if two queries are
 * the same when narrowed to some columns, these columns have the same rows, taken together.
 *
 * <p>An item goes if it makes one column, whose name is neither wanted nor written anywhere in what
 * stays: whether a name means an item or a column behind it is not asked. Nothing goes from a query
 * with DISTINCT or LIMIT, nor what GROUP BY ALL groups by. The order of the result is no part of
 * it.
 */
final class Narrowing {

  /** In place of a plain star, the columns that are wanted of it. */
  private static final String ONLY = "kith_only";

  /** Of a SELECT that makes one row of all, though the aggregates that say so may be gone. */
  private static final String AGGREGATED = "kith_aggregated";

  /** What makes a star other than plain. */
  private static final List<String> STAR_PARTS =
      List.of(
          "relation_name",
          "exclude_list",
          "qualified_exclude_list",
          "replace_list",
          "rename_list",
          "expr",
          "unpacked");

  private final FunctionCatalog functions;
  private final ObjectNode query;

  private Narrowing(FunctionCatalog functions, ObjectNode query) {
    this.functions = functions;
    this.query = query;
  }

  /**
   * The narrowed query, which is no SQL any more.
   *
   * @param query the outermost node
   * @param columns that it gives, in lower case
   */
  static JsonNode of(JsonNode query, Collection<String> columns, FunctionCatalog functions) {
    Narrowing narrowing = new Narrowing(functions, query.deepCopy());
    narrowing.select(narrowing.query, new TreeSet<>(columns));
    narrowing.commonTables();
    return narrowing.query;
  }

  /** Whether columns are read otherwise than by their names. */
  static boolean isPositional(JsonNode narrowed) {
    return Tree.descendants(narrowed)
        .anyMatch(
            node ->
                (Tree.isExpression(node, "STAR") && !node.has(ONLY))
                    || Tree.isExpression(node, "POSITIONAL_REFERENCE")
                    || node.has("column_name_alias"));
  }

  private void select(ObjectNode node, Set<String> wanted) {
    boolean onlyOrdered =
        Tree.stream(node.path("modifiers"))
            .allMatch(modifier -> Tree.type(modifier).equals("ORDER_MODIFIER"));
    String handling = node.path("aggregate_handling").asText();
    boolean groupsByAll = handling.equals("FORCE_AGGREGATES");
    if (!Tree.type(node).equals("SELECT_NODE")
        || !onlyOrdered
        || !(groupsByAll || handling.equals("STANDARD_HANDLING"))
        || !resolvePlaces(node)) {
      return;
    }
    node.remove("modifiers");
    List<JsonNode> items = new ArrayList<>();
    node.path("select_list").forEach(items::add);
    boolean grouped = groupsByAll || node.has("group_expressions") || node.has("group_sets");
    if (!grouped && (items.stream().anyMatch(this::aggregates) || node.has("having"))) {
      node.put(AGGREGATED, true);
    }
    BitSet kept = new BitSet();
    for (int i = 0; i < items.size(); i++) {
      JsonNode item = items.get(i);
      String name = name(item);
      kept.set(
          i,
          name.isEmpty()
              || wanted.contains(name)
              || isExpanding(item)
              || (groupsByAll && !aggregates(item)));
    }
    keepNamed(node, items, kept);
    ArrayNode list = node.putArray("select_list");
    kept.stream().mapToObj(items::get).map(item -> star(item, node, wanted)).forEach(list::add);
  }

  /** Writes what GROUP BY 1 means; whether that could be done. */
  private static boolean resolvePlaces(ObjectNode node) {
    JsonNode items = node.path("select_list");
    boolean plain = Tree.stream(items).noneMatch(Narrowing::isExpanding);
    if (node.path("group_expressions") instanceof ArrayNode groups) {
      for (int i = 0; i < groups.size(); i++) {
        if (Tree.isExpression(groups.get(i), "CONSTANT")) {
          JsonNode item = items.path(groups.get(i).path("literal").path("text").asInt(0) - 1);
          if (!plain || !(item instanceof ObjectNode found)) {
            return false;
          }
          ObjectNode meant = found.deepCopy();
          meant.remove("alias");
          groups.set(i, meant);
        }
      }
    }
    return true;
  }

  /** Keeps the items whose names are written in what stays. */
  private static void keepNamed(ObjectNode node, List<JsonNode> items, BitSet kept) {
    Set<String> names = new TreeSet<>();
    for (String clause : List.of("where_clause", "group_expressions", "having", "qualify")) {
      names(node.path(clause)).forEach(names::add);
    }
    kept.stream().mapToObj(items::get).flatMap(Narrowing::names).forEach(names::add);
    for (int i = 0; i < items.size(); i++) {
      if (!kept.get(i) && names.contains(name(items.get(i)))) {
        kept.set(i);
        names(items.get(i)).forEach(names::add);
        i = -1; // what it names may stand before it
      }
    }
  }

  private static JsonNode star(JsonNode item, ObjectNode node, Set<String> wanted) {
    boolean plain =
        Tree.isExpression(item, "STAR")
            && !item.path("columns").asBoolean()
            && STAR_PARTS.stream().noneMatch(item::has);
    boolean single = Set.of("BASE_TABLE", "SUBQUERY").contains(Tree.type(node.path("from_table")));
    if (!plain || !single) {
      return item;
    }
    ObjectNode only = item.deepCopy();
    wanted.forEach(only.putArray(ONLY)::add);
    return only;
  }

  /** Later ones may name the columns of those before, so they are narrowed first. */
  private void commonTables() {
    if (!canFollowNames()) {
      return;
    }
    List<JsonNode> entries = new ArrayList<>();
    query.path("cte_map").path("map").forEach(entries::add);
    for (int i = entries.size() - 1; i >= 0; i--) {
      JsonNode value = entries.get(i).path("value");
      String name = lower(entries.get(i).path("key").asText());
      if (value.path("query_node") instanceof ObjectNode body
          && value.path("aliases").isEmpty()
          && outside(body).noneMatch(select -> hasStarOver(select, name))) {
        Set<String> wanted = new TreeSet<>();
        outside(body).flatMap(Narrowing::ownNames).forEach(wanted::add);
        select(body, wanted);
      }
    }
  }

  /** Whether columns of common tables are only referred to by name. */
  private boolean canFollowNames() {
    Set<String> relations = new TreeSet<>();
    Tree.descendants(query)
        .filter(node -> node.has("table_name") || node.has("alias"))
        .filter(node -> Tree.expressionClass(node).isEmpty())
        .flatMap(node -> Stream.of(node.path("table_name"), node.path("alias")))
        .forEach(name -> relations.add(lower(name.asText(""))));
    return Tree.descendants(query)
        .noneMatch(
            node ->
                node.path("ref_type").asText().equals("NATURAL")
                    || node.has("column_name_alias")
                    || node.path("setop_type").asText("").contains("NAME")
                    || isWholeRow(node, relations));
  }

  /** {@code SELECT t FROM t} */
  private static boolean isWholeRow(JsonNode node, Set<String> relations) {
    List<String> path = Tree.columnPath(node);
    return path.size() == 1 && relations.contains(lower(path.get(0)));
  }

  /** Whether a star of a SELECT may stand for the columns of a common table. */
  private static boolean hasStarOver(JsonNode select, String table) {
    return select.has("select_list")
        && Tree.descendants(select.path("select_list"))
            .anyMatch(node -> Tree.isExpression(node, "STAR") && !node.has(ONLY))
        && Tree.descendants(select.path("from_table"))
            .anyMatch(node -> lower(node.path("table_name").asText("")).equals(table));
  }

  /** The objects of the query without those in a part of it. */
  private Stream<JsonNode> outside(JsonNode part) {
    return outside(query, part);
  }

  @SuppressWarnings("ReferenceEquality") // this very part: an equal one elsewhere is another
  private static Stream<JsonNode> outside(JsonNode node, JsonNode part) {
    if (node == part) {
      return Stream.empty();
    }
    Stream<JsonNode> below = Tree.stream(node).flatMap(child -> outside(child, part));
    return node.isObject() ? Stream.concat(Stream.of(node), below) : below;
  }

  /** In lower case, every word of every name of a column, wherever it may lead. */
  private static Stream<String> names(JsonNode tree) {
    return Tree.descendants(tree).flatMap(Narrowing::ownNames);
  }

  private static Stream<String> ownNames(JsonNode node) {
    return Stream.of("column_names", ONLY, "using_columns")
        .flatMap(field -> Tree.stream(node.path(field)))
        .filter(TextNode.class::isInstance)
        .map(name -> lower(name.asText()));
  }

  /** Empty for an expression without one. */
  private static String name(JsonNode item) {
    if (item.has("alias")) {
      return lower(item.path("alias").asText());
    }
    List<String> path = Tree.columnPath(item);
    return path.isEmpty() ? "" : lower(path.get(path.size() - 1));
  }

  /** Whether an item may be several columns, or make several rows of one. */
  private static boolean isExpanding(JsonNode item) {
    return Tree.own(item)
        .anyMatch(
            node ->
                Tree.isExpression(node, "STAR")
                    || Tree.type(node).equals("OPERATOR_UNPACK")
                    || (Tree.isExpression(node, "FUNCTION") && mayMakeRows(node)));
  }

  private static boolean mayMakeRows(JsonNode call) {
    return Set.of("unnest", "unlist", "generate_subscripts").contains(Tree.functionName(call));
  }

  private boolean aggregates(JsonNode item) {
    return Tree.own(item)
        .anyMatch(
            node ->
                Tree.isExpression(node, "FUNCTION")
                    && functions
                        .traits(Tree.functionName(node), Tree.arguments(node).size())
                        .contains(Trait.AGGREGATE));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
