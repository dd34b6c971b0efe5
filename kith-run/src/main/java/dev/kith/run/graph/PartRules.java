package dev.kith.run.graph;

import dev.kith.model.Located;
import dev.kith.model.TableName;
import dev.kith.model.definition.TableDefinition;
import dev.kith.model.definition.TableDefinition.Grain;
import dev.kith.model.definition.TableDefinition.Mode;
import dev.kith.run.graph.Node.Incremental;
import dev.kith.sql.InputPart;
import dev.kith.sql.ParsedQuery;
import dev.kith.sql.PartWiseProof;
import dev.kith.sql.Schemas;
import dev.kith.sql.SqlAnalyzer;
import dev.kith.sql.TruncatedTo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Whether a table can be computed part by part, and of which of the tables that it reads. */
final class PartRules {

  private final SqlAnalyzer analyzer;
  private final Schemas schemas;
  private final Predicate<TableName> changesAsWhole;

  /**
   * @param changesAsWhole of which it is not known what was added and removed
   */
  PartRules(SqlAnalyzer analyzer, Schemas schemas, Predicate<TableName> changesAsWhole) {
    this.analyzer = analyzer;
    this.schemas = schemas;
    this.changesAsWhole = changesAsWhole;
  }

  /** One of both: how the table follows an input, or why it can't. */
  record Answer(Optional<Incremental> incremental, String reason) {}

  /** Of the first input, in the order of the query, of which it can be done. */
  Answer answer(TableDefinition table, ParsedQuery query) {
    List<TableName> inputs = query.references().stream().map(Located::value).distinct().toList();
    List<String> reasons = new ArrayList<>();
    for (TableName input : inputs) {
      String about = inputs.size() == 1 ? "" : "by '" + input + "': ";
      if (changesAsWhole.test(input)) {
        reasons.add(about + "'" + input + "' is an entity; read its history instead");
        continue;
      }
      PartWiseProof proof = prove(table, query, input);
      if (proof instanceof PartWiseProof.Proven proven) {
        return new Answer(Optional.of(incremental(table, proven)), "");
      }
      PartWiseProof.Refused refused = (PartWiseProof.Refused) proof;
      reasons.add(about + refused.reason() + " (line " + refused.span().line() + ")");
    }
    return new Answer(
        Optional.empty(),
        "its parts cannot be computed one by one: "
            + (reasons.isEmpty() ? "it reads no table" : String.join("; ", reasons)));
  }

  private PartWiseProof prove(TableDefinition table, ParsedQuery query, TableName input) {
    if (table.mode().value() instanceof Mode.ByTime byTime) {
      return analyzer.periodWise(query, schemas, input, byTime.column(), unit(byTime.grain()));
    }
    List<String> key = table.key().stream().map(Located::value).toList();
    return analyzer.partWise(query, schemas, input, key);
  }

  private static Incremental incremental(TableDefinition table, PartWiseProof.Proven proven) {
    if (table.mode().value() instanceof Mode.ByTime) {
      InputPart time = proven.parts().values().iterator().next();
      return new Incremental.ByTime(proven.input(), time.inputColumn());
    }
    return new Incremental.ByKey(proven.input(), proven.parts());
  }

  private static TruncatedTo unit(Grain grain) {
    return switch (grain) {
      case HOUR -> TruncatedTo.HOUR;
      case DAY -> TruncatedTo.DAY;
      case MONTH -> TruncatedTo.MONTH;
      case YEAR -> TruncatedTo.YEAR;
    };
  }
}
