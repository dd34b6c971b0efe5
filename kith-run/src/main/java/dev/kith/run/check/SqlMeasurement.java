package dev.kith.run.check;

import dev.kith.model.TableName;
import dev.kith.sql.ParsedQuery;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A query gives no row. */
final class SqlMeasurement implements Measurement {

  private final Measuring measuring;
  private final ParsedQuery query;

  SqlMeasurement(Measuring measuring, ParsedQuery query) {
    this.measuring = measuring;
    this.query = query;
  }

  @Override
  public Finding take() {
    Set<TableName> read = new HashSet<>();
    query.references().forEach(reference -> read.add(reference.value()));
    for (TableName table : read) {
      measuring.building().bindWhole(measuring.session(), table, query.namedHiddenColumns());
    }
    String sql = query.render(measuring.building().asOf());
    long rows = measuring.number("SELECT count(*) FROM (" + sql + "\n)");
    if (rows == 0) {
      return Finding.ofRows(0, "the query gives no row", List.of());
    }
    String select = "SELECT * FROM (" + sql + "\n) LIMIT 20";
    Set<String> shown = new HashSet<>();
    measuring
        .session()
        .describe(select)
        .names()
        .forEach(name -> shown.add(name.toLowerCase(Locale.ROOT)));
    return Finding.ofRows(
        rows,
        String.format(Locale.ROOT, "the query gives %,d row%s", rows, rows == 1 ? "" : "s"),
        measuring.read(select, shown, measuring.table().personal()));
  }
}
