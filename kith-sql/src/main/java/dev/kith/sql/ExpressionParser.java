package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.SourceSpan;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one expression, as the only item of a SELECT without FROM. */
final class ExpressionParser {

  private static final String SELECT = "SELECT ";

  /** What such a SELECT has, and no more. */
  private static final Set<String> FIELDS =
      Set.of("type", "cte_map", "select_list", "from_table", "aggregate_handling");

  private final DuckDb engine;
  private final FunctionCatalog functions;

  ExpressionParser(DuckDb engine, FunctionCatalog functions) {
    this.engine = engine;
    this.functions = functions;
  }

  Optional<ParsedExpression> parse(Located<String> sql, Problems problems) {
    SqlText text = new SqlText(sql);
    Problems found = new Problems();
    Optional<ParsedExpression> expression = read(text, found);
    problems.addAll(found.all());
    return found.hasErrors() ? Optional.empty() : expression;
  }

  private Optional<ParsedExpression> read(SqlText text, Problems found) {
    if (text.tokens().isEmpty()) {
      refuse("there is no expression", text.span(), found);
      return Optional.empty();
    }
    Optional<Token> semicolon =
        text.tokens().stream().filter(token -> token.is(text.text(), ";")).findFirst();
    if (semicolon.isPresent()) {
      refuse("a semicolon ends no expression", text.span(semicolon.get()), found);
      return Optional.empty();
    }
    if (QueryParser.hasOtherParameters(text, found)) {
      return Optional.empty();
    }
    Rendering rendering = new Rendering(SELECT);
    rendering.copy(text.forParser(), 0, text.text().length());
    Places places = new Places(text, rendering);
    JsonNode answer = engine.serialize(rendering.sql());
    if (answer.path("error").asBoolean()) {
      EngineFault fault = EngineFault.of(answer);
      found.add(new FaultReport(text, places, List.of()).diagnostic(fault));
      return Optional.empty();
    }
    JsonNode node = answer.path("statements").path(0).path("node");
    return check(node, places, text, found)
        ? Optional.of(expression(node.path("select_list").path(0), places, text, found))
        : Optional.empty();
  }

  private ParsedExpression expression(JsonNode tree, Places places, SqlText text, Problems found) {
    new Restrictions(places, functions, Purpose.DEFINITION, found).check(tree);
    return new ParsedExpression(text, tree, ExpressionContent.of(tree, places, functions));
  }

  private static boolean check(JsonNode node, Places places, SqlText text, Problems found) {
    JsonNode item = node.path("select_list").path(0);
    boolean bare =
        node.properties().stream().allMatch(field -> FIELDS.contains(field.getKey()))
            && node.path("select_list").size() == 1
            && node.path("cte_map").isEmpty()
            && Tree.type(node.path("from_table")).equals("EMPTY");
    if (!bare) {
      refuse("this is more than one expression", text.span(), found);
    } else if (item.has("alias")) {
      refuse("an expression has no alias here", text.span(), found);
    }
    Tree.descendants(item)
        .filter(n -> Tree.isExpression(n, "STAR"))
        .forEach(star -> refuse("a star is no expression", places.of(star), found));
    References.in(item)
        .forEach(table -> refuse("an expression reads no tables", places.of(table), found));
    return !found.hasErrors();
  }

  private static void refuse(String message, SourceSpan span, Problems found) {
    found.add(Diagnostic.error(SqlCode.NOT_AN_EXPRESSION, span, message));
  }
}
