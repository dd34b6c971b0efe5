package dev.kith.measures;

import dev.kith.measures.CompiledQuery.Step;
import dev.kith.model.definition.Knowledge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The events of some people in one table, gathered once for all pairs of these people. What does
 * not depend on the instant is computed here once for each event, and not again for each pair that
 * it is joined to: expressions, the numbers of values, and when a value's event before was, unless
 * that is kept in an {@link EventCopy}.
 */
final class Gathering {

  static final String PERSON = "kith_person";

  static final String INGESTED = "kith_ingested";

  private final String name;
  private final EventTable events;
  private final Optional<StandingCopy> copy;
  private final ScanColumns computed = new ScanColumns("kith_g");
  private final Set<String> shown = new LinkedHashSet<>();

  /** The columns whose values are numbered, by the tables with the numbers. */
  private final Map<String, String> numbers = new LinkedHashMap<>();

  /** Names of times, by the expression whose value's event before they are of. */
  private final Map<String, String> before = new LinkedHashMap<>();

  private boolean ingested;

  /**
   * @param name under which the events are gathered
   * @param copy that is bound in their place
   */
  Gathering(String name, EventTable events, Optional<StandingCopy> copy) {
    this.name = name;
    this.events = events;
    this.copy = copy;
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

  /** The column with the time of the person's event before, as {@link TimeBefore} says. */
  String before(String expression) {
    return before.computeIfAbsent(expression, key -> "kith_before" + (before.size() + 1));
  }

  /** The names of all columns that {@link #before} has given. */
  List<String> allBefore() {
    return List.copyOf(before.values());
  }

  /** The expressions that {@link #before} was asked for. */
  List<String> valuesBefore() {
    return List.copyOf(before.keySet());
  }

  /** The steps that are the same whoever's events are gathered. */
  List<Step> once() {
    return isKept() && copy.orElseThrow().grown()
        ? before.entrySet().stream()
            .map(
                entry ->
                    new Step(
                        moved(entry.getValue()),
                        TimeBefore.values(events, entry.getKey(), List.of(EventCopy.ADDED))))
            .toList()
        : List.of();
  }

  /** Whether all times before are kept in the copy. */
  private boolean isKept() {
    return copy.isPresent() && copy.get().copy().values().containsAll(before.keySet());
  }

  /** The people and values of which events have come since the copy was made. */
  private String moved(String time) {
    return name + "_" + time;
  }

  private static String isMoved(String time) {
    return time + "_moved";
  }

  private static String kept(String time) {
    return time + "_kept";
  }

  /**
   * @param people a query of the keys of the people
   */
  Step step(String people) {
    if (!isKept()) {
      return new Step(name, gathered(read(people, false), List.of(), this::found));
    }
    if (!copy.orElseThrow().grown() || before.isEmpty()) {
      return new Step(name, gathered(read(people, false), List.of(), time -> "g." + kept(time)));
    }
    String rows = told(read(people, true));
    String moved =
        before.values().stream()
            .map(time -> "g." + isMoved(time))
            .collect(Collectors.joining(" OR ", "(", ")"));
    String anew =
        gathered(
            rows,
            List.of(moved),
            time ->
                "CASE WHEN g."
                    + isMoved(time)
                    + " THEN "
                    + found(time)
                    + " ELSE g."
                    + kept(time)
                    + " END");
    String still = gathered(rows, List.of("NOT " + moved), time -> "g." + kept(time));
    return new Step(name, still + "\nUNION ALL " + anew);
  }

  /** The time before, found among the rows that are there. */
  private String found(String time) {
    String expression =
        before.entrySet().stream()
            .filter(entry -> entry.getValue().equals(time))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    return TimeBefore.of("g." + PERSON, "g." + Frame.AT, "g." + computed.name(expression));
  }

  /** The events, with what is computed of each. */
  private String read(String people, boolean values) {
    if (values || !isKept()) {
      before.keySet().forEach(computed::name);
    }
    String key = PersonOfEvent.key(events);
    List<String> read = new ArrayList<>();
    read.add(key + " AS " + PERSON);
    read.add(Sql.at(events) + " AS " + Frame.AT);
    if (ingested) {
      read.add(Dialect.quoted(Knowledge.INGESTED_AT) + " AS " + INGESTED);
    }
    read.addAll(computed.definitions());
    if (isKept()) {
      before.forEach(
          (expression, time) ->
              read.add(
                  copy.orElseThrow().copy().before(expression).orElseThrow()
                      + " AS "
                      + kept(time)));
    }
    List<String> where =
        List.of(key + " IN (" + people + ")", events.at().quotedName() + " IS NOT NULL");
    return Sql.select(read, Sql.from(events.relation()), where);
  }

  /** Rows with whether events with their values have come since the copy was made. */
  private String told(String rows) {
    List<String> selected = new ArrayList<>(List.of("r.*"));
    StringBuilder from = new StringBuilder("(").append(rows).append(") AS r");
    before.forEach(
        (expression, time) -> {
          String moved = moved(time);
          selected.add("(%s.%s IS NOT NULL) AS %s".formatted(moved, PERSON, isMoved(time)));
          from.append(
              "\n  LEFT JOIN %1$s ON %1$s.%2$s = r.%2$s AND %1$s.kith_value = r.%3$s"
                  .formatted(moved, PERSON, computed.name(expression)));
        });
    return Sql.select(selected, from.toString(), List.of());
  }

  /**
   * @param times from the names of times to expressions over the rows, which are {@code g}
   */
  private String gathered(String rows, List<String> conditions, UnaryOperator<String> times) {
    StringBuilder from = new StringBuilder("(").append(rows).append(") AS g");
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
    before.values().forEach(time -> selected.add(times.apply(time) + " AS " + time));
    return Sql.select(selected, from.toString(), conditions);
  }
}
