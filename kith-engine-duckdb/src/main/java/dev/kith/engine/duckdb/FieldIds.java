package dev.kith.engine.duckdb;

import dev.kith.lake.CompactionGroup;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Iceberg's field ids in DuckDB's words: for writing Parquet, and for reading it by them. */
final class FieldIds {

  /** Iceberg's reserved columns that keep a row's identity when it moves to another file. */
  static final int ROW_ID = CompactionGroup.ROW_ID_FIELD;

  static final int LAST_UPDATED = CompactionGroup.LAST_UPDATED_FIELD;

  private static final String OWN_ID = "__duckdb_field_id";

  private FieldIds() {}

  /** The value of COPY's option FIELD_IDS. */
  static String forWriting(Schema schema, Map<String, Integer> further) {
    String own = fields(schema.columns());
    String more =
        further.entrySet().stream()
            .map(entry -> ", " + Sql.identifier(entry.getKey()) + ": " + entry.getValue())
            .collect(Collectors.joining());
    return "{" + own + more + "}";
  }

  /** An entry of the option {@code schema} of read_parquet: NULL in files without the field. */
  static String forReading(int id, String name, String type) {
    return "%d: {name: %s, type: %s, default_value: NULL::VARCHAR}"
        .formatted(id, Sql.literal(name), Sql.literal(type));
  }

  private static String fields(List<Types.NestedField> fields) {
    return fields.stream()
        .map(field -> Sql.identifier(field.name()) + ": " + id(field.fieldId(), field.type()))
        .collect(Collectors.joining(", "));
  }

  private static String id(int id, Type type) {
    if (type.isPrimitiveType()) {
      return Integer.toString(id);
    }
    return "{" + OWN_ID + ": " + id + ", " + children(type) + "}";
  }

  private static String children(Type type) {
    if (type.isListType()) {
      Types.ListType list = type.asListType();
      return "element: " + id(list.elementId(), list.elementType());
    }
    if (type.isMapType()) {
      Types.MapType map = type.asMapType();
      return "key: %s, value: %s"
          .formatted(id(map.keyId(), map.keyType()), id(map.valueId(), map.valueType()));
    }
    return fields(type.asStructType().fields());
  }
}
