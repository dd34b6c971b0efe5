package dev.kith.sql;

import dev.kith.model.Diagnostic;
import dev.kith.model.Problems;
import dev.kith.model.type.DataType;
import dev.kith.model.type.TableSchema;
import dev.kith.sql.Description.Output;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks DuckDB for the types of expressions over the columns of a table. */
final class ExpressionTypes {

  private static final String TABLE = "kith_expression";
  private static final String DESCRIBE = "DESCRIBE SELECT ";
  private static final String FROM = "\nFROM " + TABLE;

  private final DuckDb engine;

  ExpressionTypes(DuckDb engine) {
    this.engine = engine;
  }

  /** In order; nothing for an expression that has a fault, which is added to the problems. */
  List<Optional<DataType>> of(
      List<ParsedExpression> expressions, TableSchema schema, Problems problems) {
    engine.define(TABLE, schema);
    Map<ParsedExpression, Output> known = new HashMap<>();
    // An aggregate beside a plain column would make that one a fault.
    expressions.stream()
        .collect(Collectors.partitioningBy(ParsedExpression::containsAggregate))
        .values()
        .forEach(alike -> together(alike, known));
    List<Optional<DataType>> types = new ArrayList<>();
    for (ParsedExpression expression : expressions) {
      Output output = known.get(expression);
      types.add(
          output == null
              ? alone(expression, schema, problems)
              : storable(expression, output, problems));
    }
    return types;
  }

  /** One statement for all; if it fails, none is known and each is asked for alone. */
  private void together(List<ParsedExpression> expressions, Map<ParsedExpression, Output> known) {
    if (expressions.size() < 2) {
      return;
    }
    String items =
        expressions.stream()
            .map(expression -> expression.render(QueryValidator.ANY_INSTANT))
            .collect(Collectors.joining(",\n"));
    if (engine.describe(DESCRIBE + items + FROM) instanceof Description.Columns columns
        && columns.outputs().size() == expressions.size()) {
      for (int i = 0; i < expressions.size(); i++) {
        known.put(expressions.get(i), columns.outputs().get(i));
      }
    }
  }

  private Optional<DataType> alone(
      ParsedExpression expression, TableSchema schema, Problems problems) {
    Rendering rendering = expression.text().render(DESCRIBE, QueryValidator.ANY_INSTANT);
    Description description = engine.describe(rendering.sql() + FROM);
    if (description instanceof Description.Columns columns) {
      if (columns.outputs().size() == 1) {
        return storable(expression, columns.outputs().get(0), problems);
      }
      problems.add(
          Diagnostic.error(
              SqlCode.NOT_AN_EXPRESSION, expression.span(), "this gives more than one column"));
      return Optional.empty();
    }
    EngineFault fault = ((Description.Refused) description).fault();
    Places places = new Places(expression.text(), rendering);
    problems.add(new FaultReport(expression.text(), places, schema.names()).diagnostic(fault));
    return Optional.empty();
  }

  private static Optional<DataType> storable(
      ParsedExpression expression, Output output, Problems problems) {
    Optional<DataType> type = DataType.parse(output.type());
    if (type.isEmpty()) {
      problems.add(OutputColumns.notStored("the expression", output.type(), expression.span()));
    }
    return type;
  }
}
