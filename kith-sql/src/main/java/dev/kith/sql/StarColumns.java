package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.sql.TracedScope.Visible;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The columns that a star or COLUMNS(...) stands for. */
final class StarColumns {

  private final ExpressionTracer expressions;

  StarColumns(ExpressionTracer expressions) {
    this.expressions = expressions;
  }

  /** In order; nothing if they are not known, which is then told. */
  Optional<List<Traced>> columns(JsonNode star) {
    Optional<List<Traced>> columns =
        all(star)
            .flatMap(
                found ->
                    star.has("expr") ? chosen(star.path("expr"), found) : changed(star, found));
    if (columns.isEmpty()) {
      expressions.context().unclear("the columns of a star are not known", star);
    }
    return columns;
  }

  /** Those of the columns that the engine gives for an item such as {@code * LIKE 'a%'}. */
  Optional<List<Traced>> matching(String item, JsonNode star) {
    Optional<List<Traced>> columns =
        all(star).flatMap(found -> described(item, found.stream().map(Visible::column).toList()));
    if (columns.isEmpty()) {
      expressions.context().unclear("the columns of a star are not known", star);
    }
    return columns;
  }

  private Optional<List<Visible>> all(JsonNode star) {
    String qualifier = star.path("relation_name").asText("");
    Optional<List<Visible>> found = expressions.scope().columns(qualifier);
    return found.isPresent() || qualifier.isEmpty() ? found : fields(qualifier);
  }

  /** {@code struct.*} */
  private Optional<List<Visible>> fields(String column) {
    return expressions
        .scope()
        .find(List.of(column))
        .flatMap(Traced::fields)
        .map(fields -> fields.stream().map(field -> new Visible(column, field)).toList());
  }

  /** By a pattern, a list of names or a lambda. */
  private Optional<List<Traced>> chosen(JsonNode by, List<Visible> found) {
    List<Traced> columns = found.stream().map(Visible::column).toList();
    String text = by.path("literal").path("text").asText("");
    return switch (Tree.expressionClass(by)) {
      case "CONSTANT" -> described("COLUMNS('" + text.replace("'", "''") + "')", columns);
      case "FUNCTION" ->
          switch (Tree.functionName(by)) {
            case "list_value" -> listed(Tree.arguments(by), columns);
            case "list_filter" -> filtered(by, columns);
            default -> Optional.empty();
          };
      default -> Optional.empty();
    };
  }

  private static Optional<List<Traced>> listed(List<JsonNode> names, List<Traced> columns) {
    List<Traced> listed = new ArrayList<>();
    for (JsonNode name : names) {
      String wanted = name.path("literal").path("text").asText("");
      Optional<Traced> column = columns.stream().filter(c -> c.isCalled(wanted)).findFirst();
      if (column.isEmpty()) {
        return Optional.empty();
      }
      listed.add(column.get());
    }
    return Optional.of(listed);
  }

  private Optional<List<Traced>> filtered(JsonNode filter, List<Traced> columns) {
    JsonNode lambda = Tree.arguments(filter).get(1);
    List<String> parameters = Tree.lambdaParameters(lambda);
    String condition = expressions.context().textOf(lambda.path("expr"));
    return parameters.size() == 1
        ? described("COLUMNS(lambda " + parameters.get(0) + ": " + condition + ")", columns)
        : Optional.empty();
  }

  /** Asks the engine; it can answer if no two columns are called alike. */
  private Optional<List<Traced>> described(String item, List<Traced> columns) {
    List<String> names = columns.stream().map(Traced::name).toList();
    Set<String> different = new HashSet<>();
    boolean unique = names.stream().allMatch(name -> !name.isEmpty() && different.add(lower(name)));
    if (!unique) {
      return Optional.empty();
    }
    return expressions
        .context()
        .describe(item, names)
        .map(
            chosen ->
                chosen.stream()
                    .flatMap(name -> columns.stream().filter(c -> c.isCalled(name)))
                    .toList());
  }

  /** EXCLUDE, REPLACE and RENAME. */
  private Optional<List<Traced>> changed(JsonNode star, List<Visible> found) {
    Map<String, JsonNode> replaced = new HashMap<>();
    star.path("replace_list")
        .forEach(entry -> replaced.put(lower(entry.path("key").asText()), entry.path("value")));
    Map<String, String> renamed = new HashMap<>();
    star.path("rename_list")
        .forEach(
            entry ->
                renamed.put(
                    lower(entry.path("key").path("column").asText()),
                    entry.path("value").asText()));
    List<Traced> columns = new ArrayList<>();
    for (Visible each : found) {
      if (!isExcluded(star, each)) {
        String key = lower(each.column().name());
        Traced column =
            replaced.containsKey(key)
                ? replacement(each.column().name(), replaced.get(key))
                : each.column();
        columns.add(column.named(renamed.getOrDefault(key, column.name())));
      }
    }
    return Optional.of(columns);
  }

  private Traced replacement(String name, JsonNode expression) {
    Derivation derivation = expressions.of(expression);
    return Traced.untyped(
        name,
        Tree.isExpression(expression, "COLUMN_REF")
            ? derivation
            : derivation.by(new Derivation.Step(name, expressions.context().textOf(expression))));
  }

  private static boolean isExcluded(JsonNode star, Visible column) {
    boolean byName =
        Tree.strings(star.path("exclude_list")).stream().anyMatch(column.column()::isCalled);
    return byName
        || Tree.stream(star.path("qualified_exclude_list"))
            .anyMatch(
                excluded ->
                    column.column().isCalled(excluded.path("column").asText())
                        && isTable(excluded.path("table").asText(""), column.qualifier()));
  }

  private static boolean isTable(String name, String qualifier) {
    return name.isEmpty()
        || qualifier.equalsIgnoreCase(name)
        || qualifier.substring(qualifier.lastIndexOf('.') + 1).equalsIgnoreCase(name);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
