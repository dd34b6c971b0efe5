package dev.kith.sources;

import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Diverts rows that a statement found: with the text as it was read where there is one, else with
 * the row as JSON.
 */
abstract class RawTexts {

  private static final int ROWS_AT_ONCE = 50_000;

  /**
   * A row to be diverted.
   *
   * @param file as {@code _file}: a number, or of Parquet files a path
   * @param json the row as JSON
   */
  record Found(
      Object file,
      long line,
      String origin,
      String reason,
      @Nullable String column,
      @Nullable String json) {}

  /** The texts of rows, in their order; they are ordered by file and line. */
  abstract List<@Nullable String> of(List<Found> rows);

  /** Raw texts are the rows as JSON. */
  static RawTexts json() {
    return new RawTexts() {
      @Override
      List<@Nullable String> of(List<Found> rows) {
        List<@Nullable String> texts = new ArrayList<>();
        rows.forEach(row -> texts.add(row.json()));
        return texts;
      }
    };
  }

  /**
   * Diverts the rows of a query.
   *
   * @param failed a relation with {@code _file}, {@code _line}, {@code reason}, {@code column_name}
   */
  final void divert(Session session, StagedRows rows, String failed, Rejects rejects) {
    String taken =
        "SELECT _file, _line, %s AS origin, to_json(struct_pack(%s))::VARCHAR AS raw FROM %s"
            .formatted(rows.originSql(), rows.namedValues(), rows.table());
    String query =
        """
        SELECT r._file, r._line, r.origin, f.reason, f.column_name, r.raw
        FROM (%s WHERE (_file, _line) IN (SELECT (_file, _line) FROM %s)) r
        JOIN %s f ON f._file = r._file AND f._line = r._line
        ORDER BY r._file, r._line
        LIMIT %d OFFSET\
        """
            .formatted(taken, failed, failed, ROWS_AT_ONCE);
    for (long offset = 0; ; offset += ROWS_AT_ONCE) {
      List<Found> found = found(session, query + " " + offset);
      List<@Nullable String> texts = of(found);
      for (int i = 0; i < found.size(); i++) {
        Found row = found.get(i);
        rejects.add(row.origin(), row.reason(), row.column(), texts.get(i));
      }
      if (found.size() < ROWS_AT_ONCE) {
        return;
      }
    }
  }

  private static List<Found> found(Session session, String query) {
    List<Found> found = new ArrayList<>();
    try (Rows rows = session.query(query)) {
      while (rows.next()) {
        found.add(
            new Found(
                String.valueOf(rows.value(0)),
                ((Number) value(rows, 1)).longValue(),
                (String) value(rows, 2),
                (String) value(rows, 3),
                (String) rows.value(4),
                (String) rows.value(5)));
      }
    }
    return found;
  }

  private static Object value(Rows rows, int column) {
    Object value = rows.value(column);
    if (value == null) {
      throw new IllegalStateException("A diverted row lacks its column " + column);
    }
    return value;
  }
}
