package dev.kith.engine.duckdb;

import dev.kith.lake.ChangedFile;
import dev.kith.lake.ScanFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows of data files as SQL. DuckDB finds a column by its field id, whatever its name and type were
 * when a file was written; a file that lacks it gives NULL.
 *
 * @param sql a SELECT
 * @param files by the number that {@link Layer#FILE} holds
 * @param positions the tables with positions that it reads
 */
record Scan(String sql, List<ScanFile> files, List<String> positions) {

  /** What a scan gives besides the wanted columns. */
  enum Layer {
    /** Nothing. */
    ROWS,
    /** Where each row is: a number of a file, and a position in it. */
    PLACES,
    /** The identity of each row, for a file that takes its place. */
    IDENTITIES
  }

  static final String FILE = "__kith_file";
  static final String POSITION = "__kith_position";
  static final String ROW_ID = "_row_id";
  static final String UPDATED = "_last_updated_sequence_number";

  /**
   * @param columns the wanted ones
   * @param tables keep positions of rows
   */
  static Scan of(
      Fields fields,
      Collection<ChangedFile> changed,
      List<String> columns,
      Layer layer,
      PositionTables tables) {
    Builder builder = new Builder(fields, columns, layer, tables);
    List<ChangedFile> whole = new ArrayList<>();
    List<ChangedFile> without = new ArrayList<>();
    List<ChangedFile> only = new ArrayList<>();
    for (ChangedFile file : changed) {
      boolean part = file.positions().isPresent();
      (part ? only : file.file().hasDeletes() ? without : whole).add(file);
    }
    builder.add(whole, Optional.empty());
    builder.add(without, Optional.of("ANTI JOIN"));
    builder.add(only, Optional.of("SEMI JOIN"));
    return builder.scan();
  }

  /** Of whole files, less what is deleted. */
  static Scan of(
      List<ScanFile> files,
      Fields fields,
      List<String> columns,
      Layer layer,
      PositionTables tables) {
    List<ChangedFile> all =
        files.stream()
            .map(
                file ->
                    new ChangedFile(
                        file, Optional.empty(), OptionalLong.empty(), OptionalLong.empty()))
            .toList();
    return of(fields, all, columns, layer, tables);
  }

  private static final class Builder {
    private final Fields fields;
    private final List<String> columns;
    private final Layer layer;
    private final PositionTables tables;
    private final List<String> selects = new ArrayList<>();
    private final List<ScanFile> files = new ArrayList<>();
    private final List<String> positions = new ArrayList<>();

    Builder(Fields fields, List<String> columns, Layer layer, PositionTables tables) {
      this.fields = fields;
      this.columns = columns;
      this.layer = layer;
      this.tables = tables;
    }

    /** One read for all files; those whose rows are also chosen by their last update apart. */
    void add(List<ChangedFile> changed, Optional<String> join) {
      Map<List<OptionalLong>, List<ChangedFile>> byBounds = new LinkedHashMap<>();
      for (ChangedFile file : changed) {
        byBounds
            .computeIfAbsent(
                List.of(file.updatedAfter(), file.updatedUpTo()), bounds -> new ArrayList<>())
            .add(file);
      }
      byBounds.forEach((bounds, group) -> selects.add(select(group, join, bounds)));
    }

    private String select(
        List<ChangedFile> group, Optional<String> join, List<OptionalLong> bounds) {
      String joined = join.map(kind -> kind + " " + positionsOf(group, kind)).orElse("");
      String sql =
          "SELECT %s FROM read_parquet(%s, schema = MAP {%s}) AS f %s %s"
              .formatted(
                  String.join(", ", outputs(group)),
                  Sql.list(group.stream().map(file -> file.file().path().toString()).toList()),
                  String.join(", ", mapping(bounds)),
                  joined,
                  where(group, bounds));
      group.forEach(file -> files.add(file.file()));
      return sql;
    }

    private List<String> outputs(List<ChangedFile> group) {
      List<String> outputs = new ArrayList<>();
      columns.forEach(column -> outputs.add("f." + Sql.identifier(column)));
      if (layer == Layer.PLACES) {
        outputs.add("CAST(f.file_index AS BIGINT) + " + files.size() + " AS " + FILE);
        outputs.add("f.file_row_number AS " + POSITION);
      }
      if (layer == Layer.IDENTITIES) {
        String first = perFile(group, file -> Long.toString(file.file().firstRowId().orElse(0)));
        outputs.add("coalesce(f.%1$s, %2$s + f.file_row_number) AS %1$s".formatted(ROW_ID, first));
        outputs.add(updated(group) + " AS " + UPDATED);
      }
      return outputs;
    }

    private List<String> mapping(List<OptionalLong> bounds) {
      List<String> entries = new ArrayList<>();
      for (String column : columns) {
        entries.add(fields.mapping(column));
      }
      if (layer == Layer.IDENTITIES) {
        entries.add(FieldIds.forReading(FieldIds.ROW_ID, ROW_ID, "BIGINT"));
      }
      if (layer == Layer.IDENTITIES || bounds.stream().anyMatch(OptionalLong::isPresent)) {
        entries.add(FieldIds.forReading(FieldIds.LAST_UPDATED, UPDATED, "BIGINT"));
      }
      if (entries.isEmpty()) {
        // For counts: a read needs a column.
        entries.add(FieldIds.forReading(FieldIds.ROW_ID, ROW_ID, "BIGINT"));
      }
      return entries;
    }

    private String positionsOf(List<ChangedFile> group, String kind) {
      boolean deleted = kind.startsWith("ANTI");
      String table =
          tables.create(
              group.stream()
                  .map(file -> deleted ? file.file().deleted() : file.positions().orElseThrow())
                  .toList());
      positions.add(table);
      return table + " AS p ON p.file = f.file_index AND p.position = f.file_row_number";
    }

    private String where(List<ChangedFile> group, List<OptionalLong> bounds) {
      List<String> conditions = new ArrayList<>();
      bounds.get(0).ifPresent(after -> conditions.add(updated(group) + " > " + after));
      bounds.get(1).ifPresent(upTo -> conditions.add(updated(group) + " <= " + upTo));
      return conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions);
    }

    private static String updated(List<ChangedFile> group) {
      return "coalesce(f.%s, %s)"
          .formatted(
              UPDATED, perFile(group, file -> Long.toString(file.file().dataSequenceNumber())));
    }

    /** A number that each file has. */
    private static String perFile(List<ChangedFile> group, Function<ChangedFile, String> number) {
      return group.stream()
          .map(number)
          .collect(
              Collectors.joining(
                  ", ", "CAST([", "] AS BIGINT[])[CAST(f.file_index AS BIGINT) + 1]"));
    }

    Scan scan() {
      if (selects.isEmpty()) {
        selects.add(nothing());
      }
      return new Scan(String.join("\nUNION ALL\n", selects), List.copyOf(files), positions);
    }

    private String nothing() {
      List<String> outputs = new ArrayList<>();
      for (String column : columns) {
        outputs.add("CAST(NULL AS " + fields.type(column) + ") AS " + Sql.identifier(column));
      }
      List<String> further =
          switch (layer) {
            case ROWS -> List.of();
            case PLACES -> List.of(FILE, POSITION);
            case IDENTITIES -> List.of(ROW_ID, UPDATED);
          };
      IntStream.range(0, further.size())
          .forEach(i -> outputs.add("CAST(NULL AS BIGINT) AS " + further.get(i)));
      return "SELECT " + String.join(", ", outputs) + " WHERE false";
    }
  }
}
