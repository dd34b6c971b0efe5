package dev.kith.engine.duckdb;

import dev.kith.lake.LakeTable;
import dev.kith.lake.ScanFile;
import dev.kith.model.type.Column;
import dev.kith.model.type.TableSchema;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;

/** The columns of a table with the ids that its files know them by. */
record Fields(TableSchema schema, Schema ids) {

  /** The types for which Parquet files may hold what DuckDB takes for another one. */
  private static final Set<TypeID> UNALIKE =
      Set.of(TypeID.UUID, TypeID.FIXED, TypeID.BINARY, TypeID.TIME);

  /** Those that the next commit writes. */
  static Fields ofNow(LakeTable table) {
    return new Fields(table.schema(), table.icebergSchema());
  }

  /** Those of a snapshot. */
  static Fields at(LakeTable table, long snapshotId) {
    return new Fields(table.schema(snapshotId), table.icebergSchema(snapshotId));
  }

  List<String> names() {
    return schema.names();
  }

  /** The type as DuckDB spells it. */
  String type(String column) {
    return schema.column(column).map(Column::type).orElseThrow().sql();
  }

  /** Whether DuckDB reads the columns of a file as they are, without a word about them. */
  boolean areThoseOf(ScanFile file, List<String> columns) {
    return file.schemaId().equals(OptionalInt.of(ids.schemaId()))
        && columns.stream().allMatch(column -> isPlain(ids.findField(column).type()));
  }

  private static boolean isPlain(Type type) {
    return type.isPrimitiveType() && !UNALIKE.contains(type.typeId());
  }

  /** The entry of a column in the option {@code schema} of read_parquet. */
  String mapping(String column) {
    return FieldIds.forReading(ids.findField(column).fieldId(), column, type(column));
  }
}
