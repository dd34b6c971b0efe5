package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.model.Diagnostic;
import dev.kith.model.Problems;
import dev.kith.model.SourceSpan;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.sql.Description.Output;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether what a definition gives can be a table: names, each once, and types to store. */
final class OutputColumns {

  private final ParsedQuery query;
  private final Places places;
  private final Problems problems;

  OutputColumns(ParsedQuery query, Problems problems) {
    this.query = query;
    this.places = QueryParser.places(query.text());
    this.problems = problems;
  }

  List<Column> columns(List<Output> outputs) {
    List<Column> columns = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    boolean unnamed = checkNamed();
    for (int i = 0; i < outputs.size(); i++) {
      Output output = outputs.get(i);
      SourceSpan span = place(i, outputs.size());
      if (output.name().indexOf('(') >= 0) {
        if (!unnamed) {
          refuseUnnamed(output.name(), span);
        }
      } else if (!seen.add(output.name().toLowerCase(Locale.ROOT))) {
        problems.add(
            Diagnostic.error(
                SqlCode.DUPLICATE_COLUMN,
                span,
                "there are two columns '" + output.name() + "'",
                "name one of them otherwise with AS, or leave it out"));
      }
      Optional<DataType> type = DataType.parse(output.type());
      if (type.isPresent()) {
        columns.add(new Column(output.name(), type.get()));
      } else {
        problems.add(notStored("column '" + output.name() + "'", output.type(), span));
      }
    }
    return columns;
  }

  /** Of outputs that were found to fit. */
  static List<Column> known(List<Output> outputs) {
    return outputs.stream()
        .map(output -> new Column(output.name(), DataType.parse(output.type()).orElseThrow()))
        .toList();
  }

  /** Whether some item of the select list is an expression without an alias. */
  private boolean checkNamed() {
    boolean found = false;
    for (JsonNode item : QueryValidator.namingNode(query.node()).path("select_list")) {
      if (isUnnamed(item)) {
        refuseUnnamed(places.textOf(item), places.of(item));
        found = true;
      }
    }
    return found;
  }

  private static boolean isUnnamed(JsonNode item) {
    return !item.has("alias")
        && switch (Tree.expressionClass(item)) {
          case "COLUMN_REF", "STAR" -> false;
          // An unnested struct gives columns with the names of its fields.
          case "FUNCTION" ->
              !Tree.functionName(item).equals("unnest")
                  && Tree.arguments(item).stream().noneMatch(a -> Tree.isExpression(a, "STAR"));
          default -> true;
        };
  }

  private void refuseUnnamed(String what, SourceSpan span) {
    String brief = what.length() > 40 ? what.substring(0, 37) + "..." : what;
    problems.add(
        Diagnostic.error(
            SqlCode.UNNAMED_COLUMN,
            span,
            "the column '" + brief.replaceAll("\\s+", " ") + "' has no name",
            "add an alias: ... AS name"));
  }

  static Diagnostic notStored(String what, String type, SourceSpan span) {
    boolean untyped = type.contains("\"NULL\"");
    return Diagnostic.error(
        SqlCode.TYPE_NOT_STORED,
        span,
        untyped
            ? what + " is NULL without a type"
            : what + " has the type " + type + ", which cannot be stored",
        untyped ? "say which: CAST(NULL AS VARCHAR)" : "cast it to a type that can");
  }

  /** Of the select list's item that gives the column, if it can be told. */
  private SourceSpan place(int column, int count) {
    JsonNode items = QueryValidator.namingNode(query.node()).path("select_list");
    boolean oneToOne =
        items.size() == count
            && Tree.stream(items).noneMatch(item -> Tree.isExpression(item, "STAR"));
    JsonNode item = oneToOne ? items.path(column) : items.path(0);
    return items.isEmpty() ? query.text().span() : places.of(item);
  }
}
