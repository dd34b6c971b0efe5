package dev.kith.engine.duckdb;

import dev.kith.lake.RowPositions;
import dev.kith.lake.ScanFile;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.ListOf;
import dev.kith.model.type.DataType.MapOf;
import dev.kith.model.type.DataType.Struct;
import dev.kith.model.type.TableSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What must go and come so that some rows of a table become others, with equal rows left alone.
 *
 * <p>Rows are a multiset: of n equal rows there and m here, the smaller number stays. Candidates
 * are paired by a hash of all columns and a running number within it, on narrow tables that hold
 * nothing else; then each pair is compared for real. A collision of hashes therefore only costs a
 * needless rewrite of a row.
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
    statements.execute(
        subject,
        "CREATE TABLE %s AS SELECT *, %s AS %s FROM %s AS r"
            .formatted(fresh, hash("r"), HASH, Sql.relation(query)));
  }

  /** The rows to be, as a table. */
  String fresh() {
    return fresh;
  }

  /**
   * Compares.
   *
   * @param scan of the table's rows with their places, all columns
   * @param restriction what comes after {@code FROM scan AS r} to choose the rows to be replaced
   */
  void compareWith(Scan scan, String restriction) {
    statements.execute(
        subject,
        "CREATE TABLE %s AS SELECT r.%s AS file, r.%s AS position, %s AS hash FROM %s AS r %s"
            .formatted(
                present,
                Scan.FILE,
                Scan.POSITION,
                hash("r"),
                Sql.relation(scan.sql()),
                restriction));
    String equal =
        schema.columns().stream().map(Difference::equality).collect(Collectors.joining("\n AND "));
    statements.execute(
        subject,
        """
        CREATE TABLE %1$s AS
        WITH pairs AS MATERIALIZED (
          SELECT p.file, p.position, n.id
          FROM (SELECT *, row_number() OVER (PARTITION BY hash) AS occurrence FROM %2$s) AS p
          JOIN (SELECT rowid AS id, %3$s AS hash,
                  row_number() OVER (PARTITION BY %3$s) AS occurrence FROM %4$s) AS n
          ON p.hash = n.hash AND p.occurrence = n.occurrence)
        SELECT pairs.file, pairs.position, pairs.id
        FROM %5$s AS a
        JOIN pairs ON a.%6$s = pairs.file AND a.%7$s = pairs.position
        JOIN %4$s AS b ON b.rowid = pairs.id
        WHERE %8$s"""
            .formatted(
                same,
                present,
                HASH,
                fresh,
                Sql.relation(scan.sql()),
                Scan.FILE,
                Scan.POSITION,
                equal));
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

  /** Where the rows are that go. */
  Map<ScanFile, RowPositions> removed(List<ScanFile> files) {
    return statements.query(
        subject,
        "SELECT p.file, p.position FROM %s AS p ANTI JOIN %s AS s USING (file, position)"
            .formatted(present, same),
        rows -> {
          Map<ScanFile, RowPositions> removed = new LinkedHashMap<>();
          while (rows.next()) {
            ScanFile file = files.get(rows.getInt(1));
            removed.computeIfAbsent(file, any -> RowPositions.none()).add(rows.getLong(2));
          }
          return removed;
        });
  }

  private String hash(String relation) {
    return schema.columns().stream()
        .map(column -> relation + "." + column.quotedName())
        .collect(Collectors.joining(", ", "hash(", ")"));
  }

  /**
   * Of column a and b. DuckDB takes 0.0 and -0.0 for equal; as text they differ, and every other
   * floating-point number has a text of its own.
   */
  private static String equality(Column column) {
    String name = column.quotedName();
    String equal = "a.%1$s IS NOT DISTINCT FROM b.%1$s".formatted(name);
    return holdsFloatingPoint(column.type())
        ? equal
            + " AND CAST(a.%1$s AS VARCHAR) IS NOT DISTINCT FROM CAST(b.%1$s AS VARCHAR)"
                .formatted(name)
        : equal;
  }

  private static boolean holdsFloatingPoint(DataType type) {
    if (type instanceof ListOf list) {
      return holdsFloatingPoint(list.element());
    }
    if (type instanceof MapOf map) {
      return holdsFloatingPoint(map.key()) || holdsFloatingPoint(map.value());
    }
    if (type instanceof Struct struct) {
      return struct.fields().stream().anyMatch(field -> holdsFloatingPoint(field.type()));
    }
    return type.isFloatingPoint();
  }

  @Override
  public void close() {
    List.of(fresh, present, same).forEach(tables::drop);
  }
}
