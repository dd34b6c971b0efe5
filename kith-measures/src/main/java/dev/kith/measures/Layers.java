package dev.kith.measures;

import dev.kith.measures.ColumnOrigin.OfColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Columns made from other columns, in layers around the query: each exposes to its expressions the
 * columns that they name, under the names that they use, which for derived columns are not the
 * columns' own. Inside, columns have numbers, so nothing can be taken for something else.
 */
final class Layers {

  static final String AS_OF = "as_of";
  static final String EXISTS = "exists";

  private final List<OutputColumn> columns;
  private final Predicate<OutputColumn> layered;
  private final Map<String, Integer> index = new HashMap<>();

  Layers(List<OutputColumn> columns) {
    this(columns, column -> column.origin() instanceof OfColumns);
  }

  /**
   * @param layered those columns made from others that are not there yet
   */
  Layers(List<OutputColumn> columns, Predicate<OutputColumn> layered) {
    this.columns = columns;
    this.layered = layered;
    for (int i = 0; i < columns.size(); i++) {
      index.put(key(columns.get(i).name()), i);
    }
  }

  /** Columns that can be computed side by side. */
  private record Layer(Map<String, String> names, List<Integer> members) {
    Layer() {
      this(new LinkedHashMap<>(), new ArrayList<>());
    }

    boolean accepts(OfColumns origin) {
      return origin.columns().entrySet().stream()
          .allMatch(
              entry ->
                  key(names.getOrDefault(key(entry.getKey()), entry.getValue()))
                      .equals(key(entry.getValue())));
    }

    void add(int member, OfColumns origin) {
      members.add(member);
      origin.columns().forEach((name, column) -> names.put(key(name), column));
    }
  }

  /**
   * The whole query.
   *
   * @param base expressions of the columns that are not layered, in order
   * @param exists for pairs: whether the person exists, shown as a column and wiping the others
   */
  String query(List<String> base, String from, String asOf, Optional<String> exists) {
    List<Layer> layers = layers();
    if (layers.isEmpty() && exists.isEmpty()) {
      return Sql.select(output(base, false), from, List.of());
    }
    List<Integer> available = new ArrayList<>();
    List<String> selected = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (!layered.test(columns.get(i))) {
        selected.add(base.get(available.size()) + " AS " + name(i));
        available.add(i);
      }
    }
    selected.add(asOf + " AS kith_instant");
    exists.ifPresent(flag -> selected.add(flag + " AS kith_exists"));
    String sql = Sql.select(selected, from, List.of());
    for (Layer layer : layers) {
      sql = around(sql, layer, available, exists.isPresent());
      available.addAll(layer.members());
    }
    List<String> inside = IntStream.range(0, columns.size()).mapToObj(Layers::name).toList();
    return Sql.select(output(inside, exists.isPresent()), "(" + sql + ") AS q", List.of());
  }

  private List<Layer> layers() {
    List<List<Layer>> byLevel = new ArrayList<>();
    int[] level = new int[columns.size()];
    for (int i = 0; i < columns.size(); i++) {
      if (layered.test(columns.get(i))) {
        OfColumns origin = (OfColumns) columns.get(i).origin();
        for (String used : origin.columns().values()) {
          if (!key(used).equals(AS_OF)) {
            level[i] = Math.max(level[i], 1 + level[position(used)]);
          }
        }
        level[i] = Math.max(level[i], 1);
        while (byLevel.size() < level[i]) {
          byLevel.add(new ArrayList<>());
        }
        place(byLevel.get(level[i] - 1), i, origin);
      }
    }
    return byLevel.stream().flatMap(List::stream).toList();
  }

  private static void place(List<Layer> layers, int column, OfColumns origin) {
    Layer layer =
        layers.stream()
            .filter(candidate -> candidate.accepts(origin))
            .findFirst()
            .orElseGet(
                () -> {
                  Layer added = new Layer();
                  layers.add(added);
                  return added;
                });
    layer.add(column, origin);
  }

  private String around(String sql, Layer layer, List<Integer> available, boolean exists) {
    List<String> inner = new ArrayList<>();
    inner.add("*");
    layer
        .names()
        .forEach((name, column) -> inner.add(internal(column) + " AS " + Dialect.quoted(name)));
    List<String> outer = new ArrayList<>();
    available.forEach(i -> outer.add(name(i)));
    outer.add("kith_instant");
    if (exists) {
      outer.add("kith_exists");
    }
    for (int i : layer.members()) {
      OfColumns origin = (OfColumns) columns.get(i).origin();
      String expression = "(" + origin.sql() + "\n)";
      outer.add(Dialect.cast(expression, columns.get(i).type().sql()) + " AS " + name(i));
    }
    String renamed = Sql.select(inner, "(" + sql + ") AS q", List.of());
    return Sql.select(outer, "(" + renamed + ") AS q", List.of());
  }

  /**
   * @param values of the columns, in order
   */
  private List<String> output(List<String> values, boolean pairs) {
    List<String> output = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      boolean isKey = columns.get(i).origin() instanceof ColumnOrigin.Key;
      String value = values.get(i);
      String shown = pairs && !isKey ? "CASE WHEN kith_exists THEN " + value + " END" : value;
      output.add(shown + " AS " + Dialect.quoted(columns.get(i).name()));
    }
    if (pairs) {
      output.add("kith_instant AS " + Dialect.quoted(AS_OF));
      output.add("kith_exists AS " + Dialect.quoted(EXISTS));
    }
    return output;
  }

  private String internal(String column) {
    return key(column).equals(AS_OF) ? "kith_instant" : name(position(column));
  }

  private int position(String column) {
    Integer position = index.get(key(column));
    if (position == null) {
      throw new IllegalArgumentException("Cannot use a column that the profile lacks: " + column);
    }
    return position;
  }

  private static String name(int column) {
    return "kith_c" + (column + 1);
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
