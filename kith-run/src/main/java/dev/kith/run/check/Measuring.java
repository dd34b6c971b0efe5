package dev.kith.run.check;

import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.model.Located;
import dev.kith.model.type.Column;
import dev.kith.run.build.Building;
import dev.kith.run.graph.CheckedTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the checks of one table share.
 *
 * @param session in which the table is bound to its name
 */
record Measuring(
    Building building, Session session, CheckedTable table, TableScan scan, Baselines baselines) {

  private static final int SAMPLE = 20;

  /** The table's name as SQL. */
  String from() {
    return table.name().quoted();
  }

  Column column(Located<String> name) {
    return table.schema().column(name.value()).orElseThrow();
  }

  List<Column> columns(List<Located<String>> names) {
    return names.stream().map(this::column).toList();
  }

  /** A number that a query gives in its only row. */
  long number(String sql) {
    try (Rows rows = session.query(sql)) {
      return rows.next() && rows.value(0) instanceof Number number ? number.longValue() : 0;
    }
  }

  /** Whole rows of the table, but for columns with values in values, as a list for SELECT. */
  String sampleColumns(String alias) {
    return String.join(
        ", ",
        table.schema().columns().stream()
            .filter(column -> !column.type().isNested())
            .map(column -> alias + "." + column.quotedName())
            .toList());
  }

  /** Rows at fault; the same ones each time. */
  List<SampleRow> sample(String select, List<Column> about) {
    Set<String> shown = new HashSet<>();
    table.key().forEach(name -> shown.add(name.toLowerCase(Locale.ROOT)));
    about.forEach(column -> shown.add(column.name().toLowerCase(Locale.ROOT)));
    return read(select + " ORDER BY ALL LIMIT " + SAMPLE, shown, table.personal());
  }

  /**
   * The first rows of a query.
   *
   * @param shown the columns that tell a row, for messages, in lower case
   * @param personal columns whose values are masked there, in lower case
   */
  List<SampleRow> read(String select, Set<String> shown, Set<String> personal) {
    List<SampleRow> sample = new ArrayList<>();
    try (Rows rows = session.query(select)) {
      while (rows.next() && sample.size() < SAMPLE) {
        sample.add(SampleRow.of(rows, shown, personal));
      }
    }
    return sample;
  }

  /** "12 of 5,000 rows". */
  static String rows(long failing, long all) {
    return String.format(Locale.ROOT, "%,d of %,d row%s", failing, all, all == 1 ? "" : "s");
  }
}
