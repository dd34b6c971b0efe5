package dev.kith.lake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The columns of a table as JSON. */
final class ColumnsJson {

  /** A warehouse has many columns, but few types. */
  private static final Map<String, DataType> TYPES = new ConcurrentHashMap<>();

  private ColumnsJson() {}

  static void write(ArrayNode array, TableSchema schema) {
    for (Column column : schema.columns()) {
      array.addObject().put("name", column.name()).put("type", column.type().sql());
    }
  }

  static TableSchema read(JsonNode array) {
    List<Column> columns = new ArrayList<>();
    for (JsonNode column : array) {
      DataType type = TYPES.computeIfAbsent(column.path("type").asText(), ColumnsJson::type);
      columns.add(new Column(column.path("name").asText(), type));
    }
    return new TableSchema(columns);
  }

  private static DataType type(String sql) {
    return DataType.parse(sql)
        .orElseThrow(() -> new IllegalArgumentException("Cannot read a type: " + sql));
  }
}
