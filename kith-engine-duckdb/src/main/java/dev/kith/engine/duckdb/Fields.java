package dev.kith.engine.duckdb;

import dev.kith.lake.LakeTable;
import dev.kith.model.type.Column;
import dev.kith.model.type.TableSchema;
import java.util.List;
import org.apache.iceberg.Schema;

/** The columns of a table with the ids that its files know them by. */
record Fields(TableSchema schema, Schema ids) {

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

  /** The entry of a column in the option {@code schema} of read_parquet. */
  String mapping(String column) {
    return FieldIds.forReading(ids.findField(column).fieldId(), column, type(column));
  }
}
