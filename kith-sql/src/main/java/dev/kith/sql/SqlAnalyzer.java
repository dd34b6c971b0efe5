package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.TableName;
import dev.kith.model.type.DataType;
import dev.kith.model.type.TableSchema;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads and checks SQL with DuckDB itself, over empty tables: no data is read, and no file seen.
 *
 * <p>Faults go to the {@link Problems} that each method takes, at the place in the project's file
 * where they are; an empty result means that at least one was added. Safe for use by several
 * threads, which wait for each other.
 */
public final class SqlAnalyzer implements AutoCloseable {

  private final DuckDb engine;
  private final FunctionCatalog functions;
  private final QueryParser parser;
  private final QueryValidator validator;
  private final ExpressionParser expressionParser;
  private final ExpressionTypes expressionTypes;
  private final RowWiseAnswers rowWise;

  /**
   * @param zone the project's, in which local days begin and timestamps are read
   */
  public SqlAnalyzer(ZoneId zone) {
    this(zone, Answers.none());
  }

  /**
   * @param answers from earlier
   */
  public SqlAnalyzer(ZoneId zone, Answers answers) {
    engine = new DuckDb(zone, answers);
    functions = new FunctionCatalog(engine);
    parser = new QueryParser(engine, functions, answers);
    validator = new QueryValidator(engine, answers);
    expressionParser = new ExpressionParser(engine, functions);
    expressionTypes = new ExpressionTypes(engine);
    rowWise = new RowWiseAnswers(answers);
  }

  /**
   * Reads a definition's query: one SELECT, over tables of the project, without clock and chance.
   *
   * @param sql its span is where the text starts
   */
  public synchronized Optional<ParsedQuery> parse(Located<String> sql, Problems problems) {
    return parse(sql, Purpose.DEFINITION, problems);
  }

  /** As {@link #parse(Located, Problems)}, for another purpose. */
  public synchronized Optional<ParsedQuery> parse(
      Located<String> sql, Purpose purpose, Problems problems) {
    return parser.parse(sql, purpose, problems);
  }

  /**
   * The columns of the table that a definition's query makes: all tables, columns and functions
   * exist, types fit, each column has a name of its own and a type that can be stored.
   */
  public synchronized Optional<TableSchema> validate(
      ParsedQuery query, Schemas schemas, Problems problems) {
    return validator.schema(query, schemas, problems);
  }

  /** Reads and checks a query that somebody typed; its columns may have any names and types. */
  public synchronized Optional<ParsedQuery> validateQuery(
      Located<String> sql, Schemas schemas, Problems problems) {
    return parse(sql, Purpose.QUESTION, problems)
        .filter(query -> validator.describe(query, schemas, problems).isPresent());
  }

  /**
   * Whether each output row depends on one input row only.
   *
   * @param query one that is valid over these schemas
   */
  public synchronized RowWiseProof rowWise(ParsedQuery query, Schemas schemas) {
    String key = rowWise.key(query, schemas);
    return rowWise
        .find(key)
        .orElseGet(() -> rowWise.put(key, new RowWiseProver(query, schemas, functions).prove()));
  }

  /**
   * Whether the query treats by itself each part of an input whose rows agree in what stands behind
   * some output columns, as the other tables stay the same.
   *
   * @param query one that is valid over these schemas
   * @param outputColumns at least one; those that don't tell parts are left out of the proof
   */
  public synchronized PartWiseProof partWise(
      ParsedQuery query, Schemas schemas, TableName input, List<String> outputColumns) {
    return new PartWiseProver(query, schemas, functions, input, Optional.empty())
        .prove(outputColumns);
  }

  /**
   * As {@link #partWise}, where the parts are the rows whose time lies in a period of the time
   * behind one output column. Periods of a length, in the zone of this analyzer; neighbours count
   * as one where the moment between them is none of local time, or occurs twice, or where clocks
   * change within an hour after it.
   */
  public synchronized PartWiseProof periodWise(
      ParsedQuery query,
      Schemas schemas,
      TableName input,
      String outputColumn,
      TruncatedTo period) {
    return new PartWiseProver(query, schemas, functions, input, Optional.of(period))
        .prove(List.of(outputColumn));
  }

  /** What each column that a query gives comes from, and what decides which rows there are. */
  public synchronized Optional<ColumnLineage> lineage(
      ParsedQuery query, Schemas schemas, Problems problems) {
    return validator
        .describe(query, schemas, problems)
        .map(outputs -> new LineageTracer(query, schemas, functions, engine).trace(outputs));
  }

  /**
   * The query without what does not tell on some of its columns.
   *
   * @param query one that is valid
   * @param columns of those that it gives
   */
  public synchronized NarrowedQuery narrowed(ParsedQuery query, Collection<String> columns) {
    List<String> names = columns.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    JsonNode narrowed = Narrowing.of(query.node(), names, functions);
    return new NarrowedQuery(
        Canonical.of(narrowed),
        new StableRows(functions).areIn(narrowed),
        Narrowing.isPositional(narrowed));
  }

  /**
   * What the value of an expression comes from.
   *
   * @param columns by name, what the columns come from that it may use
   */
  public synchronized Derivation derivation(
      ParsedExpression expression, Map<String, Derivation> columns) {
    return LineageTracer.derivation(expression, columns, functions, engine);
  }

  /** Reads one expression over columns; it may call any function but those of clock and chance. */
  public synchronized Optional<ParsedExpression> parseExpression(
      Located<String> sql, Problems problems) {
    return expressionParser.parse(sql, problems);
  }

  /** The type of an expression over a table's columns, hidden ones too. */
  public synchronized Optional<DataType> expressionType(
      ParsedExpression expression, TableSchema schema, Problems problems) {
    return expressionTypes(List.of(expression), schema, problems).get(0);
  }

  /**
   * The types of expressions over a table's columns, in one go; nothing for each that has a fault.
   */
  public synchronized List<Optional<DataType>> expressionTypes(
      List<ParsedExpression> expressions, TableSchema schema, Problems problems) {
    return expressionTypes.of(expressions, schema, problems);
  }

  /** Closes the engine, if it was used. */
  @Override
  public synchronized void close() {
    engine.close();
  }
}
