package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.model.type.Column;
import dev.kith.model.type.TableSchema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Stars that do not show hidden columns. A table shows those that a query names to all of the
 * query, also to its stars; in what somebody types, {@code SELECT *, _origin} would have it twice.
 */
public final class PlainStars {

  /** What makes a star more than a star; some of it excludes columns already. */
  private static final Set<String> MORE =
      Set.of(
          "exclude_list",
          "qualified_exclude_list",
          "replace_list",
          "rename_list",
          "expr",
          "columns");

  private final SqlText text;
  private final Set<String> named;
  private final Schemas schemas;

  /** What is put in, by the index of the character that it stands before. */
  private final Map<Integer, String> insertions = new TreeMap<>();

  private PlainStars(ParsedQuery query, Schemas schemas) {
    this.text = query.text();
    this.named = query.namedHiddenColumns();
    this.schemas = schemas;
  }

  /** The text of a query, whose stars leave out what is hidden. */
  public static String in(ParsedQuery query, Schemas schemas) {
    PlainStars stars = new PlainStars(query, schemas);
    if (!stars.named.isEmpty()) {
      stars.visit(query.node(), QueryNames.NONE);
    }
    return stars.result();
  }

  private void visit(JsonNode node, QueryNames outer) {
    QueryNames names = outer.within(node);
    for (JsonNode item : node.path("select_list")) {
      if (Tree.isExpression(item, "STAR") && MORE.stream().noneMatch(field -> isSet(item, field))) {
        hide(item, tables(node.path("from_table"), names));
      }
    }
    node.forEach(below -> visit(below, names));
  }

  private static boolean isSet(JsonNode star, String field) {
    JsonNode value = star.path(field);
    return value.isContainerNode() ? !value.isEmpty() : value.asBoolean(false);
  }

  /** Those of the project that a FROM joins. */
  private static Stream<JsonNode> tables(JsonNode from, QueryNames names) {
    return switch (Tree.type(from)) {
      case "JOIN" ->
          Stream.concat(tables(from.path("left"), names), tables(from.path("right"), names));
      case "BASE_TABLE" ->
          Stream.of(from)
              .filter(table -> names.named(table).isEmpty())
              .filter(table -> table.path("column_name_alias").isEmpty());
      default -> Stream.empty();
    };
  }

  private void hide(JsonNode star, Stream<JsonNode> tables) {
    String qualifier = star.path("relation_name").asText("");
    String hidden =
        tables
            .filter(table -> qualifier.isEmpty() || qualifier.equalsIgnoreCase(name(table)))
            .flatMap(table -> hidden(table).map(column -> quoted(name(table)) + "." + column))
            .collect(Collectors.joining(", "));
    if (!hidden.isEmpty()) {
      after(star).ifPresent(index -> insertions.put(index, " EXCLUDE (" + hidden + ")"));
    }
  }

  private static String name(JsonNode table) {
    List<String> path = Tree.path(table);
    return table.path("alias").asText(path.get(path.size() - 1));
  }

  private Stream<String> hidden(JsonNode table) {
    Optional<TableSchema> schema = schemas.schema(QueryParser.name(Tree.path(table)));
    return schema.stream()
        .flatMap(found -> found.columns().stream())
        .filter(column -> HiddenColumns.isHidden(column.name()))
        .filter(column -> named.contains(column.name().toLowerCase(Locale.ROOT)))
        .map(Column::quotedName);
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Behind the star itself, which may have a qualifier before it. */
  private Optional<Integer> after(JsonNode star) {
    int place = SqlText.indexOfByte(text.text(), Tree.location(star));
    return text.tokens().stream()
        .filter(token -> token.start() >= place && token.is(text.text(), "*"))
        .findFirst()
        .map(Token::end);
  }

  private String result() {
    StringBuilder sql = new StringBuilder();
    int copied = 0;
    for (Map.Entry<Integer, String> insertion : insertions.entrySet()) {
      sql.append(text.original(), copied, insertion.getKey()).append(insertion.getValue());
      copied = insertion.getKey();
    }
    return sql.append(text.original().substring(copied)).toString();
  }
}
