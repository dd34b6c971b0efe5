package dev.kith.measures;

import dev.kith.measures.CompiledQuery.Step;
import dev.kith.model.definition.Window;
import dev.kith.model.definition.Window.Direction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What needs to know how often each value occurs: modes, tops, histograms, and counts of different
 * values where these are there anyway.
 *
 * <p>Values become numbers first, greater for smaller values, which group faster than texts. A mode
 * is then the greatest of count * 2^32 + number, so that ties go to the smallest value.
 */
final class Tally extends Family {

  private static final String SHIFT = "4294967296";

  private final String expression;
  private final Map<Window, String> counts = new LinkedHashMap<>();
  private final Set<String> modes = new HashSet<>();
  private boolean needsValues;

  Tally(
      String name,
      EventTable events,
      Direction direction,
      Optional<String> filter,
      String expression) {
    super(name, events, direction, filter);
    this.expression = expression;
  }

  String mode(Window window) {
    String n = countName(window);
    String result = result("mode", window, frame -> "max(" + encoded(n) + ")");
    modes.add(result.substring(result.indexOf('.') + 1));
    return result;
  }

  String top(int limit, Window window) {
    String n = countName(window);
    needsValues = true;
    return result(
        "top " + limit, window, frame -> Dialect.valuesOfGreatest("kith_value", encoded(n), limit));
  }

  /** Greater for what occurs more often, and of equally frequent values for the smaller. */
  private static String encoded(String n) {
    return "CASE WHEN " + n + " > 0 THEN " + n + " * " + SHIFT + " + t.kith_code END";
  }

  String histogram(Window window) {
    String n = countName(window);
    needsValues = true;
    String entry = Dialect.struct(List.of("k", "v"), List.of("kith_value", n));
    return result(
        "histogram",
        window,
        frame -> Dialect.map(Dialect.list(entry, "t.kith_code DESC") + occurs(n)));
  }

  String countDistinct(Window window) {
    String n = countName(window);
    return result("count", window, frame -> "count(*)" + occurs(n));
  }

  private static String occurs(String n) {
    return Sql.filter(List.of(n + " > 0"));
  }

  private String countName(Window window) {
    return counts.computeIfAbsent(window, key -> "n" + (counts.size() + 1));
  }

  @Override
  List<Step> steps(Frame frame) {
    String codes = name() + "_values";
    String tally = "(" + tally(frame, codes) + ") AS t";
    String from =
        needsValues ? tally + " JOIN " + codes + " AS d ON d.kith_number = t.kith_code" : tally;
    Step encoded = step(frame, definitions(frame), from);
    return List.of(
        new Step(codes, codes(frame)),
        modes.isEmpty() ? encoded : new Step(name(), decoded(frame, codes, encoded.sql())));
  }

  /** The different values, numbered from the greatest; a number beyond 2^31 - 1 is an error. */
  private String codes(Frame frame) {
    String value = columns().name(expression);
    String distinct =
        "SELECT DISTINCT "
            + value
            + " AS kith_value FROM ("
            + frame.values(
                events(),
                reach(),
                expression + " AS " + value,
                conditions(expression + " IS NOT NULL"))
            + ") AS s";
    return "SELECT kith_value, CAST(row_number() OVER (ORDER BY kith_value DESC) AS INTEGER)"
        + " AS kith_number FROM ("
        + distinct
        + ") AS d";
  }

  /** How often each person has each value in each window. */
  private String tally(Frame frame, String codes) {
    List<String> selected = new ArrayList<>(frame.group());
    selected.add("kith_number AS kith_code");
    counts.forEach(
        (window, n) ->
            selected.add("count(*)" + Sql.filter(within(frame, window, Frame.AT)) + " AS " + n));
    String value = columns().name(expression);
    String from =
        "("
            + scan(frame, expression + " IS NOT NULL")
            + ") AS s JOIN "
            + codes
            + " AS c ON c.kith_value = s."
            + value;
    return Sql.select(selected, from, List.of())
        + "\n  GROUP BY "
        + String.join(", ", frame.group())
        + ", kith_number";
  }

  /** Puts the values back in the place of the modes' numbers. */
  private String decoded(Frame frame, String codes, String encoded) {
    List<String> selected = new ArrayList<>();
    frame.unit().forEach(column -> selected.add("m." + column));
    StringBuilder from = new StringBuilder("(" + encoded + ") AS m");
    for (String alias : aliases()) {
      if (modes.contains(alias)) {
        String table = "d_" + alias;
        selected.add(table + ".kith_value AS " + alias);
        from.append("\n  LEFT JOIN ").append(codes).append(" AS ").append(table);
        from.append(" ON ").append(table).append(".kith_number = m.").append(alias);
        from.append(" % ").append(SHIFT);
      } else {
        selected.add("m." + alias);
      }
    }
    return Sql.select(selected, from.toString(), List.of());
  }
}
