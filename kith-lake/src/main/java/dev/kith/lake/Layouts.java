package dev.kith.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.transforms.Transform;
import org.jspecify.annotations.Nullable;

/** A {@link TableLayout} as Iceberg keeps it: a partition spec and properties of the table. */
final class Layouts {

  private static final String SORTED_BY = "kith.sorted-by";
  private static final String KEY = "kith.key";

  /** Wider tables keep value bounds only of the columns that people look rows up by. */
  private static final int BOUNDED_COLUMNS = 32;

  private static final JsonMapper JSON = new JsonMapper();

  private Layouts() {}

  static PartitionSpec spec(TableLayout layout, Schema schema) {
    PartitionSpec.Builder builder = PartitionSpec.builderFor(schema);
    for (Partitioning part : layout.partitioning()) {
      String column = part.column();
      if (part instanceof Partitioning.ByDay) {
        builder.day(column, free(schema, column + "_day"));
      } else if (part instanceof Partitioning.ByMonth) {
        builder.month(column, free(schema, column + "_month"));
      } else if (part instanceof Partitioning.ByHour) {
        builder.hour(column, free(schema, column + "_hour"));
      } else if (part instanceof Partitioning.Bucket bucket) {
        builder.bucket(column, bucket.count(), free(schema, column + "_bucket"));
      } else {
        builder.identity(column);
      }
    }
    return builder.build();
  }

  /** Iceberg allows no partition field that is named like a column. */
  private static String free(Schema schema, String wanted) {
    String name = wanted;
    while (schema.findField(name) != null) {
      name += "_";
    }
    return name;
  }

  static Map<String, String> properties(TableLayout layout) {
    Map<String, String> properties = new HashMap<>();
    properties.put(TableProperties.FORMAT_VERSION, "3");
    properties.put(TableProperties.PARQUET_COMPRESSION, layout.compression().codec());
    properties.put(TableProperties.COMMIT_NUM_RETRIES, "20");
    properties.put(TableProperties.COMMIT_MIN_RETRY_WAIT_MS, "20");
    // Each manifest costs a file to open; the default keeps up to a hundred.
    properties.put(TableProperties.MANIFEST_MIN_MERGE_COUNT, "4");
    properties.put(TableProperties.DELETE_MODE, "merge-on-read");
    properties.put(TableProperties.UPDATE_MODE, "merge-on-read");
    properties.put(TableProperties.MERGE_MODE, "merge-on-read");
    properties.put(TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true");
    properties.put(TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "100");
    properties.put(
        TableProperties.DEFAULT_WRITE_METRICS_MODE,
        layout.schema().columns().size() <= BOUNDED_COLUMNS ? "truncate(16)" : "counts");
    for (String column : boundedColumns(layout)) {
      properties.put(TableProperties.METRICS_MODE_COLUMN_CONF_PREFIX + column, "truncate(16)");
    }
    properties.put(SORTED_BY, write(layout.sortedBy()));
    properties.put(KEY, write(layout.key()));
    return properties;
  }

  private static Set<String> boundedColumns(TableLayout layout) {
    Set<String> columns = new LinkedHashSet<>(layout.key());
    columns.addAll(layout.sortedBy());
    layout.partitioning().forEach(part -> columns.add(part.column()));
    return columns;
  }

  /** The properties that name columns, as they become when columns are renamed. */
  static Map<String, String> renamed(Map<String, String> properties, Map<String, String> renamed) {
    Map<String, String> changed = new HashMap<>();
    for (String property : List.of(SORTED_BY, KEY)) {
      List<String> names = readNames(properties.get(property));
      List<String> after = names.stream().map(name -> renamed.getOrDefault(name, name)).toList();
      if (!after.equals(names)) {
        changed.put(property, write(after));
      }
    }
    return changed;
  }

  static TableLayout read(Table table) {
    Map<String, String> properties = table.properties();
    return new TableLayout(
        IcebergTypes.toKith(table.schema()),
        partitionColumns(table).stream().map(PartitionColumn::partitioning).toList(),
        readNames(properties.get(SORTED_BY)),
        readNames(properties.get(KEY)),
        compression(properties.get(TableProperties.PARQUET_COMPRESSION)));
  }

  /** A table that another program made may have any codec. */
  private static Compression compression(@Nullable String codec) {
    return Compression.QUICK.codec().equals(codec) ? Compression.QUICK : Compression.SMALL;
  }

  static List<PartitionColumn> partitionColumns(Table table) {
    List<PartitionColumn> columns = new ArrayList<>();
    for (PartitionField field : table.spec().fields()) {
      var source = table.schema().findField(field.sourceId());
      columns.add(
          new PartitionColumn(
              field.name(),
              partitioning(field.transform(), source.name()),
              IcebergTypes.toKith(source.type())));
    }
    return List.copyOf(columns);
  }

  private static Partitioning partitioning(Transform<?, ?> transform, String column) {
    String text = transform.toString();
    if (text.startsWith("bucket[")) {
      int count = Integer.parseInt(text.substring("bucket[".length(), text.length() - 1));
      return new Partitioning.Bucket(column, count);
    }
    return switch (text) {
      case "day" -> new Partitioning.ByDay(column);
      case "month" -> new Partitioning.ByMonth(column);
      case "hour" -> new Partitioning.ByHour(column);
      case "identity" -> new Partitioning.Identity(column);
      default -> throw new IllegalArgumentException("Cannot read a table partitioned by: " + text);
    };
  }

  private static String write(List<String> names) {
    try {
      return JSON.writeValueAsString(names);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A list of names is always JSON", e);
    }
  }

  private static List<String> readNames(@Nullable String json) {
    if (json == null) {
      return List.of(); // a table that another program made
    }
    try {
      return JSON.readValue(json, new TypeReference<List<String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot read the names of columns: " + json, e);
    }
  }
}
