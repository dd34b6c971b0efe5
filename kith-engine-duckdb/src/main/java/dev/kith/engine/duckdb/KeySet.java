package dev.kith.engine.duckdb;

import dev.kith.engine.WriteMode.ReplaceKeys;
import dev.kith.lake.RowPositions;
import dev.kith.lake.ScanFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The keys whose rows are replaced, and where in a table these rows are. */
final class KeySet implements AutoCloseable {

  private final Statements statements;
  private final PositionTables tables;
  private final String subject;
  private final List<String> key;
  private final String keys;

  KeySet(Statements statements, PositionTables tables, String subject, ReplaceKeys mode) {
    this.statements = statements;
    this.tables = tables;
    this.subject = subject;
    this.key = mode.key();
    this.keys = tables.newName("keys");
    statements.execute(
        subject,
        "CREATE TABLE %s AS SELECT DISTINCT * FROM %s AS k (%s)"
            .formatted(keys, Sql.relation(mode.keysSql()), String.join(", ", names())));
  }

  /** Whether there is none, so that no row can have one. */
  boolean isEmpty() {
    return statements.query(subject, "SELECT 1 FROM " + keys + " LIMIT 1", rows -> !rows.next());
  }

  /**
   * @param files that hold at least one of the rows
   * @param restriction chooses them, as {@link Difference#compareWith} wants it
   */
  record Hits(List<ScanFile> files, String restriction) {}

  /**
   * Reads the key columns alone; only files with hits need to be read in whole.
   *
   * @param present the files of the table
   */
  Hits find(Fields fields, List<ScanFile> present) {
    return query(
        fields,
        present,
        "DISTINCT r." + Scan.FILE,
        (rows, files) -> {
          Set<Integer> numbers = new HashSet<>();
          while (rows.next()) {
            numbers.add(rows.getInt(1));
          }
          return new Hits(
              IntStream.range(0, files.size())
                  .filter(numbers::contains)
                  .mapToObj(files::get)
                  .toList(),
              restriction());
        });
  }

  /**
   * Where the rows are.
   *
   * @param present the files of the table
   */
  Map<ScanFile, RowPositions> places(Fields fields, List<ScanFile> present) {
    return query(fields, present, "r.%s, r.%s".formatted(Scan.FILE, Scan.POSITION), Places::read);
  }

  /** Reads places, or parts of them. */
  private interface PlacesReader<T> {
    T read(ResultSet rows, List<ScanFile> files) throws SQLException;
  }

  private <T> T query(
      Fields fields, List<ScanFile> present, String selected, PlacesReader<T> reader) {
    Scan scan = Scan.of(present, fields, key, Scan.Layer.PLACES, tables);
    try {
      return statements.query(
          subject,
          "SELECT %s FROM %s AS r %s".formatted(selected, Sql.relation(scan.sql()), restriction()),
          rows -> reader.read(rows, scan.files()));
    } finally {
      scan.positions().forEach(tables::drop);
    }
  }

  private String restriction() {
    return "SEMI JOIN "
        + keys
        + " AS k ON "
        + IntStream.range(0, key.size())
            .mapToObj(
                i ->
                    "r." + Sql.identifier(key.get(i)) + " IS NOT DISTINCT FROM k." + names().get(i))
            .collect(Collectors.joining(" AND "));
  }

  private List<String> names() {
    return IntStream.range(0, key.size()).mapToObj(i -> "key_" + i).toList();
  }

  @Override
  public void close() {
    tables.drop(keys);
  }
}
