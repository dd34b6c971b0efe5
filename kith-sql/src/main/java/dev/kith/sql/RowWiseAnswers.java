package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.model.Located;
import dev.kith.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Proofs that queries are row-wise, kept among the answers; what was refused is tried anew. */
final class RowWiseAnswers {

  private final Answers answers;

  RowWiseAnswers(Answers answers) {
    this.answers = answers;
  }

  /** Of a query over tables with these columns. */
  String key(ParsedQuery query, Schemas schemas) {
    List<String> question = new ArrayList<>(List.of("row-wise", query.text().text()));
    query.references().stream()
        .map(Located::value)
        .distinct()
        .forEach(table -> question.add(table + " " + schemas.schema(table)));
    return answers.key(question.toArray(String[]::new));
  }

  Optional<RowWiseProof> find(String key) {
    return answers.find(key).map(DuckDb::json).map(RowWiseAnswers::read);
  }

  RowWiseProof put(String key, RowWiseProof proof) {
    if (proof instanceof RowWiseProof.Proven proven) {
      answers.put(key, json(proven).toString());
    }
    return proof;
  }

  private static RowWiseProof read(JsonNode json) {
    Map<TableName, Map<String, String>> passThrough = new TreeMap<>();
    for (Map.Entry<String, JsonNode> input : json.properties()) {
      Map<String, String> columns = new TreeMap<>();
      input
          .getValue()
          .properties()
          .forEach(out -> columns.put(out.getKey(), out.getValue().asText()));
      passThrough.put(TableName.parse(input.getKey()), columns);
    }
    return new RowWiseProof.Proven(List.copyOf(passThrough.keySet()), passThrough);
  }

  private static JsonNode json(RowWiseProof.Proven proven) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (TableName input : proven.inputs()) {
      ObjectNode columns = json.putObject(input.toString());
      proven.passThrough().getOrDefault(input, Map.of()).forEach(columns::put);
    }
    return json;
  }
}
