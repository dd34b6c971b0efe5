package dev.kith.engine.duckdb;

import dev.kith.lake.ChangedFile;
import dev.kith.lake.RowPositions;
import dev.kith.lake.ScanFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
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
 * when a file was written; a file that lacks it gives NULL. Where names and types are those of
 * then, it needs no ids.
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
    builder.add(without, Optional.of(Choice.WITHOUT));
    builder.add(only, Optional.of(Choice.ONLY));
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

  /** Which rows of a file a table with positions chooses. */
  private enum Choice {
    WITHOUT,
    ONLY
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

    /**
     * One read for all files that are alike: those whose rows are also chosen by their last update
     * apart, and those that were written with other columns. Of these each by itself if a table of
     * positions is joined: with two rows it would be the larger side for DuckDB, which would keep
     * all the rows of the files at hand.
     */
    void add(List<ChangedFile> changed, Optional<Choice> choice) {
      Map<Kind, List<ChangedFile>> byKind = new LinkedHashMap<>();
      for (ChangedFile file : changed) {
        byKind.computeIfAbsent(Kind.of(file, isPlain(file)), kind -> new ArrayList<>()).add(file);
      }
      byKind.forEach(
          (kind, group) -> {
            if (choice.isPresent() && !kind.plain()) {
              group.forEach(file -> selects.add(select(List.of(file), choice, kind)));
            } else {
              selects.add(select(group, choice, kind));
            }
          });
    }

    private boolean isPlain(ChangedFile file) {
      return layer != Layer.IDENTITIES
          && !columns.isEmpty()
          && file.updatedAfter().isEmpty()
          && file.updatedUpTo().isEmpty()
          && fields.areThoseOf(file.file(), columns);
    }

    /**
     * What files have to have in common to be read together.
     *
     * @param plain whether columns are found by their names. DuckDB then looks into the first file
     *     when it plans, and so knows how many rows there are about; with a mapping by ids it takes
     *     them for few, and builds the hash tables of joins of the larger side.
     */
    private record Kind(List<OptionalLong> bounds, boolean plain) {
      static Kind of(ChangedFile file, boolean plain) {
        return new Kind(List.of(file.updatedAfter(), file.updatedUpTo()), plain);
      }
    }

    private String select(List<ChangedFile> files, Optional<Choice> choice, Kind kind) {
      List<ChangedFile> group = new ArrayList<>(files);
      // DuckDB takes all files for as long as the first: better too many rows than too few.
      group.sort(Comparator.comparingLong(file -> -file.file().rows()));
      List<OptionalLong> bounds = kind.bounds();
      String mapping =
          kind.plain()
              ? "hive_partitioning = false"
              : "schema = MAP {" + String.join(", ", mapping(bounds)) + "}";
      String joined = choice.map(which -> positionsOf(group, which)).orElse("");
      String sql =
          "SELECT %s FROM read_parquet(%s, %s) AS f %s %s"
              .formatted(
                  String.join(", ", outputs(group)),
                  Sql.list(group.stream().map(file -> file.file().path().toString()).toList()),
                  mapping,
                  joined,
                  where(group, bounds, choice));
      group.forEach(file -> this.files.add(file.file()));
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

    private String positionsOf(List<ChangedFile> group, Choice choice) {
      List<PositionTables.OfFile> chosen = new ArrayList<>();
      for (ChangedFile file : group) {
        RowPositions rows =
            choice == Choice.WITHOUT ? file.file().deleted() : file.positions().orElseThrow();
        chosen.add(new PositionTables.OfFile(file.file(), rows));
      }
      String table = tables.create(chosen);
      positions.add(table);
      return "JOIN " + table + " AS p ON p.file = f.file_index";
    }

    private String where(
        List<ChangedFile> group, List<OptionalLong> bounds, Optional<Choice> choice) {
      List<String> conditions = new ArrayList<>();
      choice.ifPresent(
          which ->
              conditions.add(
                  "get_bit(p.bits, CAST(f.file_row_number AS INTEGER)) = "
                      + (which == Choice.ONLY ? 1 : 0)));
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
