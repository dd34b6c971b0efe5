package dev.kith.engine.duckdb;

import dev.kith.engine.EngineCode;
import dev.kith.lake.Buckets;
import dev.kith.lake.PartitionColumn;
import dev.kith.lake.Partitioning;
import dev.kith.model.KithException;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Decimal;
import dev.kith.model.type.DataType.Primitive;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBFunctions;
import org.jspecify.annotations.Nullable;

/**
 * The hidden partitioning of a table: helper columns that COPY spreads rows by and leaves out of
 * the files. Their values are text or whole numbers, as Iceberg counts days, months and hours.
 */
final class PartitionKeys {

  private static final String PREFIX = "__kith_partition_";

  private final DuckDBConnection registry;
  private final Set<String> registered = new HashSet<>();

  PartitionKeys(DuckDBConnection registry) {
    this.registry = registry;
  }

  /** The names of the helper columns. */
  static List<String> names(List<PartitionColumn> columns) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      names.add(PREFIX + i);
    }
    return names;
  }

  /** The helper columns as SQL over the table's columns. */
  List<String> expressions(List<PartitionColumn> columns) {
    return columns.stream().map(this::expression).toList();
  }

  /** The partition of a file, from what COPY says of its helper columns. */
  static List<@Nullable Object> values(
      List<PartitionColumn> columns, Map<String, @Nullable String> keys) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String text = keys.get(PREFIX + i);
      boolean counted =
          !(columns.get(i).partitioning() instanceof Partitioning.Identity)
              || isCounted(columns.get(i).sourceType());
      values.add(text == null || !counted ? text : Long.valueOf(text));
    }
    return values;
  }

  private String expression(PartitionColumn column) {
    String name = Sql.identifier(column.partitioning().column());
    DataType type = column.sourceType();
    // As UTC: what AT TIME ZONE says, without the cost of a calendar for each row.
    String local = type == Primitive.INSTANT ? "make_timestamp(epoch_us(" + name + "))" : name;
    if (column.partitioning() instanceof Partitioning.ByDay) {
      return "date_diff('day', DATE '1970-01-01', CAST(" + local + " AS DATE))";
    }
    if (column.partitioning() instanceof Partitioning.ByMonth) {
      return "date_diff('month', DATE '1970-01-01', CAST(" + local + " AS DATE))";
    }
    if (column.partitioning() instanceof Partitioning.ByHour) {
      return "date_diff('hour', TIMESTAMP '1970-01-01', CAST(" + local + " AS TIMESTAMP))";
    }
    if (column.partitioning() instanceof Partitioning.Bucket bucket) {
      return function(type, bucket.count()) + "(" + canonical(name, type) + ")";
    }
    return canonical(name, type);
  }

  /** The value as a whole number where it has one, or as text. */
  private static String canonical(String column, DataType type) {
    if (type instanceof Decimal) {
      return "CAST(" + column + " AS VARCHAR)";
    }
    if (type == Primitive.INSTANT || type == Primitive.TIMESTAMP) {
      return "epoch_us(" + column + ")";
    }
    if (type == Primitive.DATE) {
      return "date_diff('day', DATE '1970-01-01', " + column + ")";
    }
    if (type == Primitive.TIME) {
      return "epoch_us(" + column + ")";
    }
    if (type == Primitive.INTEGER || type == Primitive.BIGINT) {
      return "CAST(" + column + " AS BIGINT)";
    }
    if (type == Primitive.TEXT || type == Primitive.UUID || type == Primitive.BOOLEAN) {
      return "CAST(" + column + " AS VARCHAR)";
    }
    throw KithException.project(
        EngineCode.UNSUPPORTED_TYPE,
        column,
        "Cannot partition by a column of type " + type.sql() + ": " + column);
  }

  private static boolean isCounted(DataType type) {
    return type == Primitive.INSTANT
        || type == Primitive.TIMESTAMP
        || type == Primitive.DATE
        || type == Primitive.TIME
        || type == Primitive.INTEGER
        || type == Primitive.BIGINT;
  }

  /** Registers the hash of a type as a function of DuckDB's, once. */
  private synchronized String function(DataType type, int count) {
    boolean counted = isCounted(type);
    String name =
        "kith_bucket_%s_%d"
            .formatted(type.sql().toLowerCase(Locale.ROOT).replaceAll("\\W+", "_"), count);
    if (registered.add(name)) {
      Function<Object, Integer> bucket = Buckets.of(type, count);
      try (var builder = DuckDBFunctions.scalarFunction()) {
        builder
            .withName(name)
            .withParameter(counted ? DuckDBColumnType.BIGINT : DuckDBColumnType.VARCHAR)
            .withReturnType(DuckDBColumnType.INTEGER)
            .withNullInNullOut()
            // The driver does call it for a NULL of type VARCHAR.
            .withFunction((@Nullable Object value) -> value == null ? null : bucket.apply(value))
            .register(registry);
      } catch (SQLException e) {
        throw Faults.of(e, "the partitions of a table");
      }
    }
    return name;
  }
}
