package dev.kith.run.difference;

import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.measures.ChangedRows;
import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds each row of one relation in the other by its key. Floating-point numbers are the same
 * within 1e-9, relative, as everywhere in Kith.
 */
final class KeyedComparison implements Comparison {

  private static final String PAIRS = "kith_pairs";

  private final List<Column> columns;
  private final int keys;

  /**
   * @param columns to compare; the first are the key
   */
  KeyedComparison(List<Column> columns, int keys) {
    this.columns = List.copyOf(columns);
    this.keys = keys;
  }

  /** Nothing if rows have the same key, so that it does not tell which belongs to which. */
  static Optional<KeyedComparison> of(Session session, List<Column> columns, int keys) {
    KeyedComparison comparison = new KeyedComparison(columns, keys);
    session.bindView(TableName.of(PAIRS), comparison.pairs());
    // A key that is repeated pairs a row more than once.
    String sql =
        "SELECT count(*) FILTER (WHERE in_before) = (SELECT count(*) FROM %s)"
            + " AND count(*) FILTER (WHERE in_after) = (SELECT count(*) FROM %s) FROM %s";
    try (Rows row = session.query(sql.formatted(BEFORE, AFTER, PAIRS))) {
      row.next();
      return Boolean.TRUE.equals(row.value(0)) ? Optional.of(comparison) : Optional.empty();
    }
  }

  /** One row for each key, with its values before and after and whether they differ. */
  private String pairs() {
    List<String> outputs = new ArrayList<>();
    outputs.add("coalesce(b.kith_there, false) AS in_before");
    outputs.add("coalesce(a.kith_there, false) AS in_after");
    for (int i = 0; i < columns.size(); i++) {
      String name = columns.get(i).quotedName();
      outputs.add("b." + name + " AS b" + i);
      outputs.add("a." + name + " AS a" + i);
      outputs.add(ChangedRows.differs(columns.get(i)) + " AS d" + i);
    }
    String match =
        columns.subList(0, keys).stream()
            .map(column -> "b.%1$s IS NOT DISTINCT FROM a.%1$s".formatted(column.quotedName()))
            .collect(Collectors.joining(" AND "));
    String sql =
        "SELECT %s FROM (SELECT true AS kith_there, * FROM %s) AS b"
            + " FULL JOIN (SELECT true AS kith_there, * FROM %s) AS a ON %s";
    return sql.formatted(String.join(", ", outputs), BEFORE, AFTER, match);
  }

  @Override
  public Counts count(Session session) {
    List<String> outputs = new ArrayList<>();
    outputs.add("count(*) FILTER (WHERE NOT in_before)");
    outputs.add("count(*) FILTER (WHERE NOT in_after)");
    outputs.add("count(*) FILTER (WHERE in_before AND in_after AND (" + anyDiffers() + "))");
    for (int i = keys; i < columns.size(); i++) {
      outputs.add("count(*) FILTER (WHERE in_before AND in_after AND d" + i + ")");
    }
    try (Rows row = session.query("SELECT " + named(outputs) + " FROM " + PAIRS)) {
      row.next();
      Map<String, Long> changedIn = new LinkedHashMap<>();
      for (int i = keys; i < columns.size(); i++) {
        long changed = Comparison.number(row, 3 + i - keys);
        if (changed > 0) {
          changedIn.put(columns.get(i).name(), changed);
        }
      }
      return new Counts(
          Comparison.number(row, 0),
          Comparison.number(row, 1),
          Comparison.number(row, 2),
          changedIn);
    }
  }

  private static String named(List<String> expressions) {
    return IntStream.range(0, expressions.size())
        .mapToObj(i -> expressions.get(i) + " AS n" + i)
        .collect(Collectors.joining(", "));
  }

  private String anyDiffers() {
    return keys == columns.size()
        ? "false"
        : IntStream.range(keys, columns.size())
            .mapToObj(i -> "d" + i)
            .collect(Collectors.joining(" OR "));
  }

  @Override
  public List<RowSample> samples(Session session, int most, Set<String> personal) {
    int count = columns.size();
    String kind = "CASE WHEN NOT in_after THEN 0 WHEN NOT in_before THEN 1 ELSE 2 END";
    String order =
        IntStream.range(0, keys)
            .mapToObj(i -> "coalesce(b%1$d, a%1$d)".formatted(i))
            .collect(Collectors.joining(", "));
    String sql =
        "SELECT kind, "
            + String.join(", ", numbered("b"), numbered("a"), numbered("d"))
            + " FROM (SELECT *, %1$s AS kind,".formatted(kind)
            + " row_number() OVER (PARTITION BY %s ORDER BY %s) AS place".formatted(kind, order)
            + " FROM %s WHERE NOT in_before OR NOT in_after OR ".formatted(PAIRS)
            + anyDiffers()
            + ") WHERE place <= %d ORDER BY kind, place".formatted(most);
    List<RowSample> samples = new ArrayList<>();
    try (Rows row = session.query(sql)) {
      while (row.next()) {
        var before = Comparison.values(row, columns, 1, personal);
        var after = Comparison.values(row, columns, 1 + count, personal);
        switch ((int) Comparison.number(row, 0)) {
          case 0 -> samples.add(new RowSample.Removed(before));
          case 1 -> samples.add(new RowSample.Added(after));
          default ->
              samples.add(new RowSample.Changed(before, after, differing(row, 1 + 2 * count)));
        }
      }
    }
    return samples;
  }

  private Set<String> differing(Rows row, int begin) {
    Set<String> names = new LinkedHashSet<>();
    for (int i = keys; i < columns.size(); i++) {
      if (Boolean.TRUE.equals(row.value(begin + i))) {
        names.add(columns.get(i).name());
      }
    }
    return names;
  }

  private String numbered(String prefix) {
    return IntStream.range(0, columns.size())
        .mapToObj(i -> prefix + i)
        .collect(Collectors.joining(", "));
  }
}
