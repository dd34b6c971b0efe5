package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * A function that gives a time's unit: {@code date_trunc} or a cast to DATE.
 *
 * @param cast whether it is the cast, which gives a day
 */
record Truncation(TruncatedTo unit, boolean cast) {

  /** An expression that is one, and what it is applied to. */
  record Applied(Truncation truncation, JsonNode operand) {}

  static Optional<Applied> of(JsonNode expression) {
    if (Tree.isExpression(expression, "CAST")) {
      JsonNode type = expression.path("type_expr");
      boolean date = type.path("type_name").asText().equalsIgnoreCase("date");
      return date
          ? Optional.of(
              new Applied(new Truncation(TruncatedTo.DAY, true), expression.path("child")))
          : Optional.empty();
    }
    List<JsonNode> arguments = Tree.arguments(expression);
    boolean truncates =
        Tree.isExpression(expression, "FUNCTION")
            && List.of("date_trunc", "datetrunc").contains(Tree.functionName(expression))
            && arguments.size() == 2
            && Tree.isExpression(arguments.get(0), "CONSTANT");
    return truncates
        ? TruncatedTo.named(arguments.get(0).path("literal").path("text").asText())
            .map(unit -> new Applied(new Truncation(unit, false), arguments.get(1)))
        : Optional.empty();
  }

  String sql(String operand) {
    return cast
        ? "CAST(" + operand + " AS DATE)"
        : "date_trunc('" + unit.sqlName() + "', " + operand + ")";
  }
}
