package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.SourceSpan;
import dev.kith.model.TableName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads one query and refuses what a query may not do. */
final class QueryParser {

  private final DuckDb engine;
  private final FunctionCatalog functions;
  private final Answers answers;

  QueryParser(DuckDb engine, FunctionCatalog functions, Answers answers) {
    this.engine = engine;
    this.functions = functions;
    this.answers = answers;
  }

  Optional<ParsedQuery> parse(Located<String> sql, Purpose purpose, Problems problems) {
    SqlText text = new SqlText(sql);
    String key = answers.key("query", purpose.name(), text.text());
    Optional<QueryFacts> known = answers.find(key).map(DuckDb::json).map(QueryFacts::read);
    if (known.isPresent()) {
      engine.keepTree(text.forParser());
      return Optional.of(
          new ParsedQuery(
              text, purpose, known.get(), () -> tree(engine.serialize(text.forParser()))));
    }
    Optional<JsonNode> statement = statement(text, problems);
    if (statement.isEmpty()) {
      return Optional.empty();
    }
    Places places = places(text);
    Problems found = new Problems();
    new Restrictions(places, functions, purpose, found).check(statement.get());
    problems.addAll(found.all());
    if (found.hasErrors()) {
      return Optional.empty();
    }
    QueryFacts facts = QueryFacts.of(statement.get(), places);
    if (found.isEmpty()) {
      answers.put(key, facts.json().toString());
    }
    return Optional.of(new ParsedQuery(text, purpose, facts, statement::get));
  }

  private static JsonNode tree(JsonNode answer) {
    return answer.path("statements").path(0);
  }

  /** The tree of the only statement. */
  private Optional<JsonNode> statement(SqlText text, Problems problems) {
    if (text.tokens().isEmpty()) {
      problems.add(Diagnostic.error(SqlCode.SYNTAX, text.span(), "there is no query"));
      return Optional.empty();
    }
    Optional<Token> second = secondStatement(text);
    if (second.isPresent()) {
      problems.add(
          Diagnostic.error(
              SqlCode.SEVERAL_STATEMENTS,
              text.span(second.get()),
              "a second statement begins here",
              "write one query"));
      return Optional.empty();
    }
    if (hasOtherParameters(text, problems)) {
      return Optional.empty();
    }
    JsonNode answer = engine.serialize(text.forParser());
    if (!answer.path("error").asBoolean()) {
      return Optional.of(tree(answer));
    }
    EngineFault fault = EngineFault.of(answer);
    problems.add(
        fault.message().startsWith("Only SELECT")
            ? notAQuery(text)
            : new FaultReport(text, places(text), List.of()).diagnostic(fault));
    return Optional.empty();
  }

  private static Optional<Token> secondStatement(SqlText text) {
    List<Token> tokens = text.tokens();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).is(text.text(), ";")) {
        return tokens.stream().skip(i).filter(t -> !t.is(text.text(), ";")).findFirst();
      }
    }
    return Optional.empty();
  }

  /** Adds a problem for each; the engine would stop at the first. */
  static boolean hasOtherParameters(SqlText text, Problems problems) {
    List<Token> others =
        text.tokens().stream()
            .filter(token -> token.kind() == Token.Kind.PARAMETER && !text.isAsOf(token))
            .toList();
    for (Token token : others) {
      problems.add(parameter(token.in(text.text()), text.span(token)));
    }
    return !others.isEmpty();
  }

  static Diagnostic parameter(String written, SourceSpan span) {
    return Diagnostic.error(
        SqlCode.PARAMETER,
        span,
        "'" + written + "' is no parameter",
        "the only parameter is :as_of");
  }

  private static Diagnostic notAQuery(SqlText text) {
    Token first = text.tokens().get(0);
    String word = first.in(text.text()).toUpperCase(Locale.ROOT);
    return word.equals("PIVOT")
        ? Diagnostic.error(
            SqlCode.NOT_A_QUERY,
            text.span(first),
            "a PIVOT whose columns depend on the data",
            "list the values: PIVOT ... ON column IN ('a', 'b')")
        : Diagnostic.error(
            SqlCode.NOT_A_QUERY,
            text.span(first),
            word + " is no query",
            "write a SELECT that gives the rows");
  }

  static TableName name(List<String> path) {
    return path.size() == 1
        ? TableName.of(path.get(0))
        : new TableName(Optional.of(path.get(0)), path.get(1));
  }

  static Places places(SqlText text) {
    Rendering parsed = new Rendering("");
    parsed.copy(text.forParser(), 0, text.text().length());
    return new Places(text, parsed);
  }
}
