package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.sql.Relation.Out;
import java.util.List;
import java.util.Optional;

/**
 * What the expressions tell by which a SELECT groups, partitions or makes distinct. Names in them
 * mean columns before aliases of the select list; where the two differ, nothing is certain.
 *
 * @param result the columns of the select list
 */
record Keys(Scope scope, JsonNode selectList, Relation result) {

  /** What the output columns tell. */
  List<InputPart> ofResult() {
    return result.columns().stream().flatMap(out -> out.origins().values().stream()).toList();
  }

  /** What expressions tell, of which a whole number is the place of an output column. */
  List<InputPart> of(JsonNode expressions) {
    return Tree.stream(expressions)
        .flatMap(each -> (Tree.isExpression(each, "CONSTANT") ? at(each) : value(each)).stream())
        .flatMap(out -> out.origins().values().stream())
        .toList();
  }

  /** What expressions tell, of which a number is just that. */
  List<InputPart> ofPartition(JsonNode expressions) {
    return Tree.stream(expressions)
        .flatMap(each -> value(each).stream())
        .flatMap(out -> out.origins().values().stream())
        .toList();
  }

  private Optional<Out> at(JsonNode constant) {
    JsonNode literal = constant.path("literal");
    boolean oneToOne =
        Tree.stream(selectList)
            .allMatch(item -> !Tree.isExpression(item, "STAR") && SelectList.isOneColumn(item));
    String number = literal.path("text").asText();
    boolean place =
        oneToOne && literal.path("kind").asText().equals("INTEGER") && number.matches("[0-9]{1,4}");
    int index = place ? Integer.parseInt(number) - 1 : -1;
    return index >= 0 && index < result.columns().size()
        ? Optional.of(result.columns().get(index))
        : Optional.empty();
  }

  private Optional<Out> value(JsonNode expression) {
    Optional<Truncation.Applied> truncated = Truncation.of(expression);
    if (truncated.isPresent()) {
      return value(truncated.get().operand())
          .map(out -> out.truncated(truncated.get().truncation()));
    }
    Optional<Out> column = scope.column(expression);
    List<String> path = Tree.columnPath(expression);
    if (path.size() != 1) {
      return column;
    }
    List<Out> aliased = aliased(path.get(0));
    if (column.isPresent()) {
      return column.filter(
          out -> aliased.stream().allMatch(alias -> alias.origins().equals(out.origins())));
    }
    return aliased.size() == 1 && scope.lacks(path.get(0))
        ? Optional.of(aliased.get(0))
        : Optional.empty();
  }

  private List<Out> aliased(String name) {
    return Tree.stream(selectList)
        .filter(item -> item.path("alias").asText("").equalsIgnoreCase(name))
        .map(item -> scope.value(item).orElseGet(() -> Out.computed(name)))
        .toList();
  }
}
