package dev.kith.run.check;

import dev.kith.model.type.Column;
import dev.kith.sql.RowRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Every row satisfies some rules. */
final class RowMeasurement implements Measurement {

  private final Measuring measuring;
  private final List<RowRule> rules;
  private final String broken;
  private final int all;
  private final int failing;
  private final List<Integer> each = new ArrayList<>();

  RowMeasurement(Measuring measuring, List<RowRule> rules) {
    this.measuring = measuring;
    this.rules = rules;
    this.broken =
        rules.stream().map(rule -> "(" + rule.broken() + ")").collect(Collectors.joining(" OR "));
    this.all = measuring.scan().ask("count(*)");
    this.failing = measuring.scan().ask(countWhere(broken));
    rules.forEach(rule -> each.add(measuring.scan().ask(countWhere("(" + rule.broken() + ")"))));
  }

  @Override
  public Finding take() {
    long rows = measuring.scan().count(failing);
    if (rows == 0) {
      return Finding.ofRows(0, "all rows pass", List.of());
    }
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      long count = measuring.scan().count(each.get(i));
      if (count > 0) {
        RowRule rule = rules.get(i);
        String many = rules.size() == 1 ? "" : String.format(Locale.ROOT, " in %,d", count);
        faults.add("'" + rule.column().name() + "' " + rule.fault() + many);
      }
    }
    List<Column> about = rules.stream().map(RowRule::column).toList();
    String select =
        "SELECT %s FROM %s AS t WHERE %s"
            .formatted(measuring.sampleColumns("t"), measuring.from(), broken);
    return Finding.ofRows(
        rows,
        Measuring.rows(rows, measuring.scan().count(all)) + ": " + String.join(", ", faults),
        measuring.sample(select, about));
  }

  private static String countWhere(String condition) {
    return "count(*) FILTER (WHERE " + condition + ")";
  }
}
