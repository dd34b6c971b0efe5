package dev.kith.lake;

import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Decimal;
import dev.kith.model.type.DataType.ListOf;
import dev.kith.model.type.DataType.MapOf;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.DataType.Struct;
import dev.kith.model.type.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Kith's types as Iceberg's, and back. All columns may be NULL; only a map's keys may not. */
final class IcebergTypes {

  private IcebergTypes() {}

  /** With provisional field ids; Iceberg gives the final ones when the table is created. */
  static Schema toIceberg(TableSchema schema) {
    AtomicInteger ids = new AtomicInteger();
    return new Schema(fields(schema.columns(), ids));
  }

  /** With field ids that start above those in use. */
  static Type toIceberg(DataType type) {
    return toIceberg(type, new AtomicInteger());
  }

  static TableSchema toKith(Schema schema) {
    return new TableSchema(columns(schema.columns()));
  }

  static DataType toKith(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> Primitive.BOOLEAN;
      case INTEGER -> Primitive.INTEGER;
      case LONG -> Primitive.BIGINT;
      case FLOAT -> Primitive.FLOAT;
      case DOUBLE -> Primitive.DOUBLE;
      case STRING -> Primitive.TEXT;
      case BINARY, FIXED -> Primitive.BLOB;
      case DATE -> Primitive.DATE;
      case TIME -> Primitive.TIME;
      case TIMESTAMP ->
          ((Types.TimestampType) type).shouldAdjustToUTC()
              ? Primitive.INSTANT
              : Primitive.TIMESTAMP;
      case UUID -> Primitive.UUID;
      case DECIMAL -> {
        Types.DecimalType decimal = (Types.DecimalType) type;
        yield new Decimal(decimal.precision(), decimal.scale());
      }
      case LIST -> new ListOf(toKith(type.asListType().elementType()));
      case MAP ->
          new MapOf(toKith(type.asMapType().keyType()), toKith(type.asMapType().valueType()));
      case STRUCT -> new Struct(columns(type.asStructType().fields()));
      default -> throw new IllegalArgumentException("Cannot read a column of type: " + type);
    };
  }

  private static List<Column> columns(List<Types.NestedField> fields) {
    return fields.stream().map(field -> new Column(field.name(), toKith(field.type()))).toList();
  }

  private static List<Types.NestedField> fields(List<Column> columns, AtomicInteger ids) {
    List<Types.NestedField> fields = new ArrayList<>();
    for (Column column : columns) {
      int id = ids.incrementAndGet();
      fields.add(Types.NestedField.optional(id, column.name(), toIceberg(column.type(), ids)));
    }
    return fields;
  }

  private static Type toIceberg(DataType type, AtomicInteger ids) {
    if (type instanceof Primitive primitive) {
      return primitive(primitive);
    }
    if (type instanceof Decimal decimal) {
      return Types.DecimalType.of(decimal.precision(), decimal.scale());
    }
    if (type instanceof ListOf list) {
      return Types.ListType.ofOptional(ids.incrementAndGet(), toIceberg(list.element(), ids));
    }
    if (type instanceof MapOf map) {
      return Types.MapType.ofOptional(
          ids.incrementAndGet(),
          ids.incrementAndGet(),
          toIceberg(map.key(), ids),
          toIceberg(map.value(), ids));
    }
    return Types.StructType.of(fields(((Struct) type).fields(), ids));
  }

  private static Type primitive(Primitive primitive) {
    return switch (primitive) {
      case BOOLEAN -> Types.BooleanType.get();
      case INTEGER -> Types.IntegerType.get();
      case BIGINT -> Types.LongType.get();
      case FLOAT -> Types.FloatType.get();
      case DOUBLE -> Types.DoubleType.get();
      case TEXT -> Types.StringType.get();
      case BLOB -> Types.BinaryType.get();
      case DATE -> Types.DateType.get();
      case TIME -> Types.TimeType.get();
      case TIMESTAMP -> Types.TimestampType.withoutZone();
      case INSTANT -> Types.TimestampType.withZone();
      case UUID -> Types.UUIDType.get();
    };
  }
}
