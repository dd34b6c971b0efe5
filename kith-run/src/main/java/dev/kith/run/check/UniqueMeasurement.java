package dev.kith.run.check;

import dev.kith.model.definition.Expectation;
import dev.kith.model.type.Column;
import java.util.List;
import java.util.stream.Collectors;

/** No two rows have the same values in some columns. */
final class UniqueMeasurement implements Measurement {

  private static final int KEYS = 20;

  private final Measuring measuring;
  private final List<Column> columns;
  private final int all;

  UniqueMeasurement(Measuring measuring, Expectation.Unique unique) {
    this.measuring = measuring;
    this.columns = measuring.columns(unique.columns());
    this.all = measuring.scan().ask("count(*)");
  }

  @Override
  public Finding take() {
    long rows =
        measuring.number(
            "SELECT sum(kith_count) FROM (" + repeated("count(*) AS kith_count") + ")");
    if (rows == 0) {
      return Finding.ofRows(0, "no two rows are alike", List.of());
    }
    String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
    String same =
        columns.stream()
            .map(column -> "t.%1$s = d.%1$s".formatted(column.quotedName()))
            .collect(Collectors.joining(" AND "));
    String select =
        "SELECT %s, %s FROM %s AS t JOIN (%s ORDER BY ALL LIMIT %d) AS d ON %s"
            .formatted(list("t."), others(), measuring.from(), repeated(list("")), KEYS, same);
    return Finding.ofRows(
        rows,
        Measuring.rows(rows, measuring.scan().count(all))
            + " share their "
            + names
            + " with another",
        measuring.sample(select, columns));
  }

  /** A query of the values that more than one row has. */
  private String repeated(String selected) {
    String present =
        columns.stream()
            .map(column -> column.quotedName() + " IS NOT NULL")
            .collect(Collectors.joining(" AND "));
    return "SELECT %s FROM %s WHERE %s GROUP BY %s HAVING count(*) > 1"
        .formatted(selected, measuring.from(), present, list(""));
  }

  private String list(String alias) {
    return columns.stream()
        .map(column -> alias + column.quotedName())
        .collect(Collectors.joining(", "));
  }

  /** All other columns, after the unique ones: so rows that share these stand together. */
  private String others() {
    String others =
        measuring.table().schema().columns().stream()
            .filter(column -> !column.type().isNested() && !columns.contains(column))
            .map(column -> "t." + column.quotedName())
            .collect(Collectors.joining(", "));
    return others.isEmpty() ? "count(*) OVER () AS kith_count" : others;
  }
}
