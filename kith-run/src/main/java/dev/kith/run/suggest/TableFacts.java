package dev.kith.run.suggest;

import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a table shows, in two scans: one over all columns, one over those with few values.
 */
record TableFacts(long rows, List<ColumnFacts> columns) {

  /** So many values can still be listed in a definition. */
  private static final int FEW = 12;

  /** An estimate may be off by a few. */
  private static final int MARGIN = 3;

  TableFacts {
    columns = List.copyOf(columns);
  }

  /**
   * Looks at a table.
   *
   * @param from its quoted name, which is bound in the session
   */
  static TableFacts of(Session session, String from, TableSchema schema) {
    List<Column> columns =
        schema.columns().stream()
            .filter(column -> !column.type().isNested() && column.type() != Primitive.BLOB)
            .toList();
    List<String> questions = new ArrayList<>(List.of("count(*)"));
    for (Column column : columns) {
      String name = column.quotedName();
      questions.add("count(" + name + ")");
      questions.add("approx_count_distinct(" + name + ")");
      questions.add("min(" + name + ")");
      questions.add("max(" + name + ")");
    }
    List<@Nullable Object> answers = row(session, questions, from);
    long rows = count(answers.get(0));
    Map<Column, List<String>> values = values(session, from, fewValued(columns, answers));
    List<ColumnFacts> facts = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      int at = 1 + 4 * i;
      facts.add(
          new ColumnFacts(
              columns.get(i),
              rows - count(answers.get(at)),
              count(answers.get(at + 1)),
              answers.get(at + 2),
              answers.get(at + 3),
              Optional.ofNullable(values.get(columns.get(i))).orElse(List.of())));
    }
    return new TableFacts(rows, facts);
  }

  Optional<ColumnFacts> column(String name) {
    return columns.stream().filter(facts -> facts.name().equalsIgnoreCase(name)).findFirst();
  }

  private static List<Column> fewValued(List<Column> columns, List<@Nullable Object> answers) {
    List<Column> few = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).type() == DataType.Primitive.TEXT
          && count(answers.get(2 + 4 * i)) <= FEW + MARGIN) {
        few.add(columns.get(i));
      }
    }
    return few;
  }

  /** Each column's values, of those that really have few. */
  private static Map<Column, List<String>> values(
      Session session, String from, List<Column> columns) {
    Map<Column, List<String>> values = new LinkedHashMap<>();
    if (columns.isEmpty()) {
      return values;
    }
    List<@Nullable Object> answers =
        row(
            session,
            columns.stream()
                .map(column -> "list_sort(list(DISTINCT " + column.quotedName() + "))")
                .toList(),
            from);
    for (int i = 0; i < columns.size(); i++) {
      if (answers.get(i) instanceof List<?> list && list.size() <= FEW) {
        values.put(
            columns.get(i),
            list.stream().filter(String.class::isInstance).map(String.class::cast).toList());
      }
    }
    return values;
  }

  private static List<@Nullable Object> row(Session session, List<String> questions, String from) {
    List<@Nullable Object> answers = new ArrayList<>();
    String sql = "SELECT " + String.join(", ", questions) + " FROM " + from;
    try (Rows rows = session.query(sql)) {
      boolean any = rows.next();
      for (int i = 0; i < questions.size(); i++) {
        answers.add(any ? rows.value(i) : null);
      }
    }
    return answers;
  }

  private static long count(@Nullable Object answer) {
    return answer instanceof Number number ? number.longValue() : 0;
  }
}
