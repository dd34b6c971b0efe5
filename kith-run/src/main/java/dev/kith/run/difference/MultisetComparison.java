package dev.kith.run.difference;

import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes rows that both relations have off each other, as often as they are there. */
final class MultisetComparison implements Comparison {

  private static final String SURPLUS = "kith_surplus";

  private final List<Column> columns;

  private MultisetComparison(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  /**
   * @param columns to compare, one or more
   */
  static MultisetComparison of(Session session, List<Column> columns) {
    MultisetComparison comparison = new MultisetComparison(columns);
    String names = comparison.names();
    String sql =
        "SELECT %1$s, sum(kith_n) AS kith_n FROM ("
            + "SELECT %1$s, 1 AS kith_n FROM %2$s"
            + " UNION ALL SELECT %1$s, -1 AS kith_n FROM %3$s"
            + ") GROUP BY %1$s HAVING sum(kith_n) <> 0";
    session.bindView(TableName.of(SURPLUS), sql.formatted(names, AFTER, BEFORE));
    return comparison;
  }

  @Override
  public Counts count(Session session) {
    String sql =
        "SELECT coalesce(CAST(sum(kith_n) FILTER (WHERE kith_n > 0) AS BIGINT), 0) AS added,"
            + " coalesce(CAST(-sum(kith_n) FILTER (WHERE kith_n < 0) AS BIGINT), 0) AS removed"
            + " FROM "
            + SURPLUS;
    try (Rows row = session.query(sql)) {
      row.next();
      return new Counts(Comparison.number(row, 0), Comparison.number(row, 1), 0, Map.of());
    }
  }

  @Override
  public List<RowSample> samples(Session session, int most, Set<String> personal) {
    List<RowSample> samples = new ArrayList<>();
    for (String sign : List.of("<", ">")) {
      String sql =
          "SELECT %1$s FROM %2$s WHERE kith_n %3$s 0 ORDER BY %1$s LIMIT %4$d"
              .formatted(names(), SURPLUS, sign, most);
      try (Rows row = session.query(sql)) {
        while (row.next()) {
          var values = Comparison.values(row, columns, 0, personal);
          samples.add(
              sign.equals("<") ? new RowSample.Removed(values) : new RowSample.Added(values));
        }
      }
    }
    return samples;
  }

  private String names() {
    return columns.stream().map(Column::quotedName).collect(Collectors.joining(", "));
  }
}
