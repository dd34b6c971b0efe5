package dev.kith.run.check;

import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One pass over a table that answers the questions of all its checks: aggregates over its rows. */
final class TableScan {

  private final Session session;
  private final String from;
  private final List<String> questions = new ArrayList<>();
  private @Nullable List<@Nullable Object> answers;

  /**
   * @param from the table, quoted
   */
  TableScan(Session session, String from) {
    this.session = session;
    this.from = from;
  }

  /** Adds an aggregate, once; gives its number. */
  int ask(String aggregate) {
    if (answers != null) {
      throw new IllegalStateException("The table has been scanned: " + aggregate);
    }
    int known = questions.indexOf(aggregate);
    if (known >= 0) {
      return known;
    }
    questions.add(aggregate);
    return questions.size() - 1;
  }

  /** The answer to a question; the first call scans the table. */
  @Nullable Object answer(int question) {
    List<@Nullable Object> known = answers;
    if (known == null) {
      known = scan();
      answers = known;
    }
    return known.get(question);
  }

  /** The answer that is a number of rows. */
  long count(int question) {
    return answer(question) instanceof Number number ? number.longValue() : 0;
  }

  private List<@Nullable Object> scan() {
    List<@Nullable Object> values = new ArrayList<>();
    String sql = "SELECT " + String.join(", ", questions) + " FROM " + from;
    try (Rows rows = session.query(sql)) {
      boolean any = rows.next();
      for (int i = 0; i < questions.size(); i++) {
        values.add(any ? rows.value(i) : null);
      }
    }
    return values;
  }
}
