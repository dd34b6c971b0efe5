package dev.kith.sql;

import dev.kith.model.TableName;
import dev.kith.sql.Relation.Out;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A query is row-wise if it nowhere looks at several rows of its tables at a time. */
final class RowWiseProver {

  private final ParsedQuery query;
  private final RepeatableCheck check;
  private final QueryWalk walk;

  RowWiseProver(ParsedQuery query, Schemas schemas, FunctionCatalog functions) {
    this.query = query;
    this.check = new RepeatableCheck(functions);
    this.walk = new QueryWalk(query, schemas, functions, table -> true);
  }

  RowWiseProof prove() {
    Optional<RepeatableCheck.Objection> objection = check.objection(query.node());
    if (objection.isPresent()) {
      return new RowWiseProof.Refused(
          objection.get().reason(), QueryParser.places(query.text()).of(objection.get().node()));
    }
    Relation result = walk.walk(query.node());
    if (!walk.findings().isEmpty()) {
      Finding first = walk.findings().get(0);
      return new RowWiseProof.Refused(first.reason(), first.span());
    }
    return result.inputs().isEmpty()
        ? new RowWiseProof.Refused("no table is read", query.text().span())
        : proven(result);
  }

  private static RowWiseProof proven(Relation result) {
    Map<TableName, Map<String, String>> passThrough = new HashMap<>();
    List<TableName> inputs = result.inputs().stream().sorted().toList();
    for (TableName input : inputs) {
      Map<String, String> columns = new LinkedHashMap<>();
      for (Out out : result.columns()) {
        result
            .part(out.name(), input)
            .filter(InputPart::isWholeValue)
            .ifPresent(part -> columns.put(out.name(), part.inputColumn()));
      }
      passThrough.put(input, columns);
    }
    return new RowWiseProof.Proven(inputs, passThrough);
  }
}
