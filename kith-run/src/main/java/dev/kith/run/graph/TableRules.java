package dev.kith.run.graph;

import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.TableName;
import dev.kith.model.definition.SourceDefinition.Kind;
import dev.kith.model.definition.TableDefinition;
import dev.kith.model.definition.TableDefinition.Mode;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import dev.kith.run.fault.RunCode;
import dev.kith.run.graph.Node.Incremental;
import dev.kith.sql.ParsedQuery;
import dev.kith.sql.RowWiseProof;
import dev.kith.sql.SqlAnalyzer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a table's settings promise, held against what its query does. */
final class TableRules {

  private final SqlAnalyzer analyzer;
  private final Relations relations;
  private final Map<TableName, Node> nodes;
  private final Problems problems;

  TableRules(
      SqlAnalyzer analyzer, Relations relations, Map<TableName, Node> nodes, Problems problems) {
    this.analyzer = analyzer;
    this.relations = relations;
    this.nodes = nodes;
    this.problems = problems;
  }

  /**
   * @param whyUnsafe why the table's {@code at} may tell too much; empty if it can't
   */
  record Verdict(Incremental incremental, Optional<String> whyUnsafe) {}

  /** Nothing if a setting is wrong; what is goes to the problems. */
  Optional<Verdict> check(TableDefinition table, ParsedQuery query, TableSchema schema) {
    boolean columns = columnsExist(table, schema);
    if (!columns) {
      return Optional.empty();
    }
    return incremental(table, query)
        .map(incremental -> new Verdict(incremental, whyUnsafe(table, query)));
  }

  private boolean columnsExist(TableDefinition table, TableSchema schema) {
    List<Located<String>> named = new ArrayList<>(table.key());
    table.at().ifPresent(named::add);
    boolean fine = true;
    for (Located<String> name : named) {
      if (!schema.has(name.value())) {
        problems.add(
            Diagnostic.error(
                RunCode.UNKNOWN_COLUMN_SETTING,
                name.span(),
                "column '" + name.value() + "' is not among those of the query",
                "it gives " + String.join(", ", schema.names())));
        fine = false;
      }
    }
    if (fine && table.at().isPresent()) {
      Column at = schema.column(table.at().get().value()).orElseThrow();
      fine = isTime(at);
      if (!fine) {
        problems.add(
            Diagnostic.error(
                RunCode.TYPE_NOT_TIME,
                table.at().get().span(),
                "'" + at.name() + "' is of type " + at.type().sql() + ", which is no time",
                "cast it to TIMESTAMPTZ, TIMESTAMP or DATE"));
      }
    }
    if (fine && table.mode().value() instanceof Mode.ByTime byTime) {
      fine = schema.column(byTime.column()).filter(TableRules::isTime).isPresent();
      if (!fine) {
        unsuitable(table, "the query gives no time column '" + byTime.column() + "'");
      }
    }
    return fine;
  }

  static boolean isTime(Column column) {
    return column.type() == Primitive.INSTANT
        || column.type() == Primitive.TIMESTAMP
        || column.type() == Primitive.DATE;
  }

  private RowWiseProof proof(ParsedQuery query) {
    return analyzer.rowWise(query, relations.schemas(query.namedHiddenColumns()));
  }

  private Optional<Incremental> incremental(TableDefinition table, ParsedQuery query) {
    Mode mode = table.mode().value();
    if (mode instanceof Mode.Full) {
      return Optional.of(new Incremental.None());
    }
    if (query.usesAsOf()) {
      return unsuitable(table, "the query uses ':as_of', which moves from run to run");
    }
    if (mode instanceof Mode.Append) {
      return append(table, proof(query));
    }
    return parts(table, query);
  }

  private Optional<Incremental> append(TableDefinition table, RowWiseProof proof) {
    if (proof instanceof RowWiseProof.Refused refused) {
      return unsuitable(
          table, "a row does not come from one row of the input: " + refused.reason());
    }
    List<TableName> inputs = ((RowWiseProof.Proven) proof).inputs();
    if (inputs.size() != 1) {
      return unsuitable(table, "it reads " + inputs.size() + " tables");
    }
    return isView(inputs.get(0))
        ? unsuitable(table, "'" + inputs.get(0) + "' is an entity, whose rows change")
        : Optional.of(new Incremental.Append(inputs.get(0)));
  }

  private Optional<Incremental> parts(TableDefinition table, ParsedQuery query) {
    PartRules rules =
        new PartRules(analyzer, relations.schemas(query.namedHiddenColumns()), this::isView);
    PartRules.Answer answer = rules.answer(table, query);
    return answer.incremental().isPresent()
        ? answer.incremental()
        : unsuitable(table, answer.reason());
  }

  private Optional<Incremental> unsuitable(TableDefinition table, String reason) {
    problems.add(
        Diagnostic.error(
            RunCode.MODE_UNSUITABLE,
            table.mode().span(),
            "mode '" + name(table.mode().value()) + "' is wrong for this query: " + reason,
            "use 'mode: full', or change the query"));
    return Optional.empty();
  }

  private static String name(Mode mode) {
    if (mode instanceof Mode.Append) {
      return "append";
    }
    if (mode instanceof Mode.ByTime) {
      return "by_time";
    }
    return mode instanceof Mode.ByKey ? "by_key" : "full";
  }

  /** Whether the name means the current rows of an entity, which come and go. */
  private boolean isView(TableName name) {
    return nodes.get(name) instanceof Node.SourceNode source
        && source.definition().kind() == Kind.ENTITY;
  }

  private Optional<String> whyUnsafe(TableDefinition table, ParsedQuery query) {
    if (table.at().isEmpty() || table.atSafe()) {
      return Optional.empty();
    }
    RowWiseProof proof = proof(query);
    if (proof instanceof RowWiseProof.Refused refused) {
      return Optional.of(refused.reason());
    }
    RowWiseProof.Proven proven = (RowWiseProof.Proven) proof;
    String at = table.at().get().value();
    for (TableName input : proven.inputs()) {
      Optional<String> inputAt = at(input);
      Optional<String> passed = proven.inputColumn(input, at);
      if (inputAt.isEmpty()) {
        return Optional.of("'" + input + "' has no 'at:'");
      }
      if (passed.isEmpty() || !passed.get().equalsIgnoreCase(inputAt.get())) {
        return Optional.of(
            "'%s' is not the unchanged '%s' of '%s'".formatted(at, inputAt.get(), input));
      }
      if (nodes.get(input) instanceof Node.TableNode node && node.whyUnsafe().isPresent()) {
        return Optional.of("'" + input + "' is not safe: " + node.whyUnsafe().get());
      }
    }
    return Optional.empty();
  }

  private Optional<String> at(TableName input) {
    Node node = nodes.get(input);
    if (node instanceof Node.SourceNode source) {
      return source.definition().at().map(Located::value);
    }
    return node instanceof Node.TableNode table
        ? table.definition().at().map(Located::value)
        : Optional.empty();
  }
}
