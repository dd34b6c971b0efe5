package dev.kith.run.difference;

import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.model.type.Column;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what differs between the relations {@code kith_before} and {@code kith_after}. */
interface Comparison {

  String BEFORE = "kith_before";
  String AFTER = "kith_after";

  /** Stands for a value that is personal. */
  String MASK = "***";

  /**
   * What was counted.
   *
   * @param changedIn in how many changed rows a column differs
   */
  record Counts(long added, long removed, long changed, Map<String, Long> changedIn) {
    boolean isNone() {
      return added == 0 && removed == 0 && changed == 0;
    }
  }

  Counts count(Session session);

  /**
   * Some rows of each kind.
   *
   * @param personal columns whose values are masked, in lower case
   */
  List<RowSample> samples(Session session, int most, Set<String> personal);

  /** The values of some columns of the current row, which begin at a place in it. */
  static Map<String, @Nullable Object> values(
      Rows row, List<Column> columns, int begin, Set<String> personal) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      String name = columns.get(i).name();
      values.put(name, shown(name, row.value(begin + i), personal));
    }
    return values;
  }

  /** A value as it is shown; fields of structs have names too. */
  private static @Nullable Object shown(String name, @Nullable Object value, Set<String> personal) {
    if (value != null && personal.contains(name.toLowerCase(Locale.ROOT))) {
      return MASK;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(element -> shown(name, element, personal)).toList();
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> fields = new LinkedHashMap<>();
      map.forEach((field, held) -> fields.put(field, shown(field.toString(), held, personal)));
      return fields;
    }
    return value;
  }

  static long number(Rows row, int column) {
    return row.value(column) instanceof Number number ? number.longValue() : 0;
  }
}
