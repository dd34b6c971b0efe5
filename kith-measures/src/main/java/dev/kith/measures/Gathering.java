package dev.kith.measures;

import dev.kith.measures.CompiledQuery.Step;
import dev.kith.model.definition.Knowledge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The events of some people in one table, gathered once for all pairs of these people. What does
 * not depend on the instant is computed here once for each event, and not again for each pair that
 * it is joined to: expressions, the numbers of values, and when a value's event before was.
 */
final class Gathering {

  static final String PERSON = "kith_person";

  static final String INGESTED = "kith_ingested";

  private final String name;
  private final EventTable events;
  private final ScanColumns computed = new ScanColumns("kith_g");
  private final Set<String> shown = new LinkedHashSet<>();

  /** The columns whose values are numbered, by the tables with the numbers. */
  private final Map<String, String> numbers = new LinkedHashMap<>();

  /** Names of times, by the column whose value's event before they are of. */
  private final Map<String, String> before = new LinkedHashMap<>();

  private boolean ingested;

  /**
   * @param name under which the events are gathered
   */
  Gathering(String name, EventTable events) {
    this.name = name;
    this.events = events;
  }

  String name() {
    return name;
  }

  /** The column with an expression's value. */
  String column(String expression) {
    String column = computed.name(expression);
    shown.add(column);
    return column;
  }

  /** The column with when the event was ingested. */
  String ingested() {
    ingested = true;
    return INGESTED;
  }

  /**
   * The column with the number of an expression's value; NULL if it has none.
   *
   * @param numbered a table with {@code kith_value} and {@code kith_number}
   */
  String number(String expression, String numbered) {
    numbers.put(numbered, computed.name(expression));
    return numbered + "_number";
  }

  /**
   * The column with the time of the person's event before that has the same value of an expression:
   * {@link Dialect#beforeAll()} for the first with its value, NULL for an event without a value. Of
   * events at the same time, some one is the first.
   */
  String before(String expression) {
    return before.computeIfAbsent(
        computed.name(expression), column -> "kith_before" + (before.size() + 1));
  }

  /** The names of all columns that {@link #before} has given. */
  List<String> allBefore() {
    return List.copyOf(before.values());
  }

  /**
   * @param people a query of the keys of the people
   */
  Step step(String people) {
    String key = PersonOfEvent.key(events);
    List<String> read = new ArrayList<>();
    read.add(key + " AS " + PERSON);
    read.add(Sql.at(events) + " AS " + Frame.AT);
    if (ingested) {
      read.add(Dialect.quoted(Knowledge.INGESTED_AT) + " AS " + INGESTED);
    }
    read.addAll(computed.definitions());
    List<String> where =
        List.of(key + " IN (" + people + ")", events.at().quotedName() + " IS NOT NULL");
    StringBuilder from =
        new StringBuilder("(")
            .append(Sql.select(read, Sql.from(events.relation()), where))
            .append(") AS g");
    List<String> selected = new ArrayList<>();
    selected.add("g." + PERSON);
    selected.add("g." + Frame.AT);
    if (ingested) {
      selected.add("g." + INGESTED);
    }
    shown.forEach(column -> selected.add("g." + column));
    numbers.forEach(
        (numbered, column) -> {
          selected.add(numbered + ".kith_number AS " + numbered + "_number");
          from.append("\n  LEFT JOIN %1$s ON %1$s.kith_value = g.%2$s".formatted(numbered, column));
        });
    before.forEach((column, time) -> selected.add(timeBefore("g." + column) + " AS " + time));
    return new Step(name, Sql.select(selected, from.toString(), List.of()));
  }

  private static String timeBefore(String value) {
    return "CASE WHEN %1$s IS NOT NULL THEN coalesce(lag(g.%2$s) OVER (PARTITION BY g.%3$s, %1$s ORDER BY g.%2$s), %4$s) END"
        .formatted(value, Frame.AT, PERSON, Dialect.beforeAll());
  }
}
