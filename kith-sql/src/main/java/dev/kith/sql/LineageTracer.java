package dev.kith.sql;

import dev.kith.sql.Description.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds what each output column of a query comes from, by following columns from the tables up
 * through the syntax tree. The engine says which columns come out; where this finds others, nothing
 * that it found is believed.
 */
final class LineageTracer {

  private final ParsedQuery query;
  private final TraceContext context;

  LineageTracer(ParsedQuery query, Schemas schemas, FunctionCatalog functions, DuckDb engine) {
    this.query = query;
    this.context =
        new TraceContext(
            schemas,
            query.namedHiddenColumns(),
            functions,
            engine,
            QueryParser.places(query.text()));
  }

  ColumnLineage trace(List<Output> outputs) {
    TracedRelation result = new QueryTracer(context).query(query.node(), TraceNames.NONE);
    boolean known = result.exact() && agree(result.columns(), outputs);
    if (result.exact() && !known) {
      context.unclear("the columns of the query could not be followed", query.node());
    }
    List<ColumnLineage.Output> columns = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      Derivation derivation =
          known
              ? result.columns().get(i).derivation()
              : result.everything().as(Influence.TRANSFORMATION);
      columns.add(new ColumnLineage.Output(outputs.get(i).name(), derivation));
    }
    return new ColumnLineage(columns, result.rows(), context.unclear());
  }

  /** Of an expression over columns of which it is known what they come from. */
  static Derivation derivation(
      ParsedExpression expression,
      Map<String, Derivation> columns,
      FunctionCatalog functions,
      DuckDb engine) {
    TraceContext context =
        new TraceContext(
            name -> Optional.empty(),
            Set.of(),
            functions,
            engine,
            QueryParser.places(expression.text()));
    List<Traced> traced = new ArrayList<>();
    columns.forEach((name, derivation) -> traced.add(Traced.untyped(name, derivation)));
    TracedScope scope = TracedScope.of("", new TracedRelation(traced, true, Derivation.NONE), null);
    return ExpressionTracer.at(context, new QueryTracer(context), TraceNames.NONE, scope)
        .of(expression.tree());
  }

  private static boolean agree(List<Traced> columns, List<Output> outputs) {
    return columns.size() == outputs.size()
        && IntStream.range(0, columns.size())
            .allMatch(
                i ->
                    columns.get(i).name().isEmpty()
                        || columns.get(i).isCalled(outputs.get(i).name()));
  }
}
