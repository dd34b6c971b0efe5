package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.model.Located;
import dev.kith.model.TableName;
import dev.kith.model.type.TableSchema;
import dev.kith.sql.FunctionCatalog.Trait;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What all parts of a trace share: the tables, the functions, the text, and what was unclear. */
final class TraceContext {

  private final Schemas schemas;
  private final Set<String> hiddenNamed;
  private final FunctionCatalog functions;
  private final DuckDb engine;
  private final Places places;
  private final Map<String, Located<String>> unclear = new LinkedHashMap<>();

  TraceContext(
      Schemas schemas,
      Set<String> hiddenNamed,
      FunctionCatalog functions,
      DuckDb engine,
      Places places) {
    this.schemas = schemas;
    this.hiddenNamed = hiddenNamed;
    this.functions = functions;
    this.engine = engine;
    this.places = places;
  }

  /** The columns of a table that the query sees. */
  Optional<TableSchema> table(TableName name) {
    return schemas.schema(name).map(schema -> QueryValidator.visible(schema, hiddenNamed));
  }

  boolean isAggregate(JsonNode function) {
    return functions
        .traits(Tree.functionName(function), Tree.arguments(function).size())
        .contains(Trait.AGGREGATE);
  }

  /** The columns of a SELECT over columns of some names, or nothing if the engine refuses it. */
  Optional<List<String>> describe(String item, List<String> columns) {
    List<String> nulls = new ArrayList<>();
    columns.forEach(name -> nulls.add("NULL AS \"" + name.replace("\"", "\"\"") + "\""));
    String sql = "DESCRIBE SELECT " + item + " FROM (SELECT " + String.join(", ", nulls) + ")";
    return engine.describe(sql) instanceof Description.Columns found
        ? Optional.of(found.outputs().stream().map(Description.Output::name).toList())
        : Optional.empty();
  }

  String textOf(JsonNode node) {
    return places.wholeTextOf(node);
  }

  void unclear(String reason, JsonNode about) {
    unclear.putIfAbsent(reason + Tree.extent(about)[0], new Located<>(reason, places.of(about)));
  }

  List<Located<String>> unclear() {
    return List.copyOf(unclear.values());
  }
}
