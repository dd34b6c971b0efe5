package dev.kith.run.check;

import dev.kith.engine.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row that a check shows.
 *
 * @param json all its values
 * @param example what tells it, for a message; personal values are masked
 */
record SampleRow(String json, String example) {

  /** Stands for a value that is personal. */
  static final String MASK = "***";

  private static final int LONGEST = 40;

  /**
   * The current row.
   *
   * @param shown the columns that tell it, in lower case
   * @param personal the columns whose values are masked, in lower case
   */
  static SampleRow of(Rows rows, Set<String> shown, Set<String> personal) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    List<String> example = new ArrayList<>();
    List<String> names = rows.schema().names();
    for (int column = 0; column < names.size(); column++) {
      String name = names.get(column);
      String lower = name.toLowerCase(Locale.ROOT);
      values.put(name, rows.value(column));
      if (shown.contains(lower)) {
        example.add(name + " " + text(rows.value(column), personal.contains(lower)));
      }
    }
    return new SampleRow(JsonRow.of(values), String.join(", ", example));
  }

  private static String text(@Nullable Object value, boolean personal) {
    if (value == null) {
      return "NULL";
    }
    String text = personal ? MASK : JsonRow.plain(value).replaceAll("\\s+", " ");
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }
}
