package dev.kith.engine.duckdb;

import dev.kith.lake.RowPositions;
import dev.kith.lake.ScanFile;
import dev.kith.model.type.Column;
import dev.kith.model.type.TableSchema;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What must go and come so that some rows of a table become others, with equal rows left alone.
 *
 * <p>Rows are a multiset: of n equal rows there and m here, the smaller number stays. Candidates
 * are found by a hash of all columns, and each pair is then compared for real. Where the rows to be
 * hold equal ones, candidates are first paired by a running number within their hash, so that a
 * thousand equal rows don't become a million pairs. A collision of hashes can only cost a needless
 * rewrite of a row.
 */
final class Difference implements AutoCloseable {

  private static final String HASH = "__kith_hash";

  private final Statements statements;
  private final PositionTables tables;
  private final String subject;
  private final TableSchema schema;
  private final String fresh;
  private final String present;
  private final String same;

  /**
   * @param query the rows to be, with exactly the table's columns
   */
  Difference(
      Statements statements,
      PositionTables tables,
      String subject,
      TableSchema schema,
      String query) {
    this.statements = statements;
    this.tables = tables;
    this.subject = subject;
    this.schema = schema;
    this.fresh = tables.newName("fresh");
    this.present = tables.newName("present");
    this.same = tables.newName("same");
    statements.execute(subject, "CREATE TABLE " + fresh + " AS " + hashed(query, ""));
  }

  /** The rows to be, as a table. */
  String fresh() {
    return fresh;
  }

  /**
   * Compares, and finds where the rows are that go.
   *
   * @param scan of the table's rows with their places, all columns
   * @param restriction what comes after {@code FROM scan AS r} to choose the rows to be replaced;
   *     all of them if empty
   */
  Map<ScanFile, RowPositions> compareWith(Scan scan, Optional<String> restriction) {
    String rows =
        restriction.map(chosen -> keep(scan, chosen)).orElseGet(() -> hashed(scan.sql(), ""));
    pairEqualRows(Sql.relation(rows));
    String places = "SELECT %s, %s FROM %s".formatted(Scan.FILE, Scan.POSITION, Sql.relation(rows));
    return restriction.isPresent()
        ? removed(places, scan.files())
        : removedOfWholeFiles(places, scan.files());
  }

  /** Chosen rows are few: they are kept in a table, since reading them again costs more. */
  private String keep(Scan scan, String restriction) {
    statements.execute(
        subject, "CREATE TABLE " + present + " AS " + hashed(scan.sql(), restriction));
    return "SELECT * FROM " + present;
  }

  private void pairEqualRows(String rows) {
    String repeats = "SELECT count(*) - count(DISTINCT " + HASH + ") FROM " + fresh;
    if (statements.number(subject, repeats) > 0) {
      pairNumberedRows(rows);
      return;
    }
    statements.execute(
        subject,
        "CREATE TABLE %1$s AS SELECT a.%2$s, a.%3$s, b.rowid AS id FROM %4$s AS a JOIN %5$s AS b ON a.%6$s = b.%6$s WHERE %7$s"
            .formatted(same, Scan.FILE, Scan.POSITION, rows, fresh, HASH, equality()));
    String shared = "SELECT count(*) - count(DISTINCT id) FROM " + same;
    if (statements.number(subject, shared) > 0) {
      // The table held equal rows: one of them stays.
      statements.execute(
          subject,
          "CREATE OR REPLACE TABLE %1$s AS SELECT * FROM %1$s QUALIFY row_number() OVER (PARTITION BY id) = 1"
              .formatted(same));
    }
  }

  private void pairNumberedRows(String rows) {
    statements.execute(
        subject,
        """
        CREATE TABLE %1$s AS
        WITH pairs AS MATERIALIZED (
          SELECT p.%2$s, p.%3$s, n.id
          FROM (SELECT %2$s, %3$s, %4$s AS hash,
                  row_number() OVER (PARTITION BY %4$s) AS occurrence FROM %5$s) AS p
          JOIN (SELECT rowid AS id, %4$s AS hash,
                  row_number() OVER (PARTITION BY %4$s) AS occurrence FROM %6$s) AS n
          ON p.hash = n.hash AND p.occurrence = n.occurrence)
        SELECT pairs.* FROM %5$s AS a JOIN pairs USING (%2$s, %3$s) JOIN %6$s AS b ON b.rowid = pairs.id
        WHERE %7$s"""
            .formatted(same, Scan.FILE, Scan.POSITION, HASH, rows, fresh, equality()));
  }

  /** The rows that come, with the table's columns. */
  String added() {
    return "SELECT %s FROM %s AS b ANTI JOIN %s AS s ON s.id = b.rowid"
        .formatted(
            schema.columns().stream()
                .map(column -> "b." + column.quotedName())
                .collect(Collectors.joining(", ")),
            fresh,
            same);
  }

  long addedRows() {
    return statements.number(
        subject,
        "SELECT (SELECT count(*) FROM " + fresh + ") - (SELECT count(*) FROM " + same + ")");
  }

  /** Files in which all rows stay, or none, need no look at their rows. */
  private Map<ScanFile, RowPositions> removedOfWholeFiles(String places, List<ScanFile> files) {
    Map<Integer, Long> kept =
        statements.query(
            subject,
            "SELECT %1$s, count(*) FROM %2$s GROUP BY %1$s".formatted(Scan.FILE, same),
            rows -> {
              Map<Integer, Long> counts = new HashMap<>();
              while (rows.next()) {
                counts.put(rows.getInt(1), rows.getLong(2));
              }
              return counts;
            });
    Map<ScanFile, RowPositions> removed = new LinkedHashMap<>();
    StringBuilder mixed = new StringBuilder("-1");
    for (int number = 0; number < files.size(); number++) {
      ScanFile file = files.get(number);
      long rows = kept.getOrDefault(number, 0L);
      if (rows == 0) {
        removed.put(file, liveRows(file));
      } else if (rows < file.liveRows()) {
        mixed.append(", ").append(number);
      }
    }
    removed.putAll(removed(places + " WHERE " + Scan.FILE + " IN (" + mixed + ")", files));
    return removed;
  }

  private static RowPositions liveRows(ScanFile file) {
    return RowPositions.below(file.rows()).without(file.deleted());
  }

  private Map<ScanFile, RowPositions> removed(String places, List<ScanFile> files) {
    return statements.query(
        subject,
        "SELECT p.%2$s, p.%3$s FROM %1$s AS p ANTI JOIN %4$s AS s USING (%2$s, %3$s)"
            .formatted(Sql.relation(places), Scan.FILE, Scan.POSITION, same),
        rows -> Places.read(rows, files));
  }

  private String hashed(String query, String restriction) {
    String columns =
        schema.columns().stream()
            .map(column -> "r." + column.quotedName())
            .collect(Collectors.joining(", ", "hash(", ")"));
    return "SELECT r.*, %s AS %s FROM %s AS r %s"
        .formatted(columns, HASH, Sql.relation(query), restriction);
  }

  /** One expression, so that DuckDB joins by the hash and not by each column. */
  private String equality() {
    return schema.columns().stream()
        .map(Difference::differs)
        .collect(Collectors.joining(" ", "CASE ", " ELSE true END"));
  }

  /**
   * Of column a and b. DuckDB takes 0.0 and -0.0 for equal; as text they differ, and every other
   * floating-point number has a text of its own.
   */
  private static String differs(Column column) {
    String differs = "WHEN a.%1$s IS DISTINCT FROM b.%1$s THEN false";
    String asText =
        " WHEN CAST(a.%1$s AS VARCHAR) IS DISTINCT FROM CAST(b.%1$s AS VARCHAR) THEN false";
    String sign = " WHEN a.%1$s = 0 AND signbit(a.%1$s) <> signbit(b.%1$s) THEN false";
    String more =
        column.type().isFloatingPoint()
            ? sign
            : FloatingPoint.isWithin(column.type()) ? asText : "";
    return (differs + more).formatted(column.quotedName());
  }

  @Override
  public void close() {
    List.of(fresh, present, same).forEach(tables::drop);
  }
}
