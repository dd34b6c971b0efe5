package dev.kith.measures;

import dev.kith.measures.CompiledQuery.Step;
import dev.kith.model.definition.Window;
import dev.kith.model.definition.Window.Direction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Results per row of the answer that share one scan of a table's events. Measures ask for results
 * first; when all have, the family is written as one step (or a few), so that each knows the
 * windows of all.
 */
abstract sealed class Family
    permits Accumulation, Distinctness, Tally, Extremity, Newest, Gaps, Quantiles {

  private final String name;
  private final EventTable events;
  private final Reach reach;
  private final Optional<String> filter;
  private final ScanColumns columns = new ScanColumns();
  private final Map<String, Result> results = new LinkedHashMap<>();

  /** A column of the family's rows; its SQL depends on what else was asked for. */
  record Result(String alias, Function<Frame, String> sql) {
    String define(Frame frame) {
      return sql.apply(frame) + " AS " + alias;
    }
  }

  /**
   * @param filter holds for all events of the scan
   */
  Family(String name, EventTable events, Direction direction, Optional<String> filter) {
    this.name = name;
    this.events = events;
    this.reach = new Reach(direction);
    this.filter = filter;
  }

  /** Under which its rows are materialised. */
  final String name() {
    return name;
  }

  /** The steps after which {@link #name()} has the results. */
  abstract List<Step> steps(Frame frame);

  /** Whether its results follow from what they were. */
  boolean follows() {
    return false;
  }

  final EventTable events() {
    return events;
  }

  final Reach reach() {
    return reach;
  }

  final ScanColumns columns() {
    return columns;
  }

  /**
   * A result over a window.
   *
   * @param key the same for the same result
   * @return the column as {@code family.alias}
   */
  final String result(String key, Window window, Function<Frame, String> sql) {
    reach.include(window);
    Result result =
        results.computeIfAbsent(
            key + " over " + window.text(), k -> new Result("c" + (results.size() + 1), sql));
    return name + "." + result.alias();
  }

  /** A result that is the same whatever the window. */
  final String result(String key, Function<Frame, String> sql) {
    Result result = results.computeIfAbsent(key, k -> new Result("c" + (results.size() + 1), sql));
    return name + "." + result.alias();
  }

  /** Under which a result is a column of the family's rows. */
  static String alias(String result) {
    return result.substring(result.indexOf('.') + 1);
  }

  final List<String> definitions(Frame frame) {
    return results.values().stream().map(result -> result.define(frame)).toList();
  }

  final List<String> aliases() {
    return results.values().stream().map(Result::alias).toList();
  }

  /** The conditions of a FILTER that picks the window's events from the scan's. */
  final List<String> within(Frame frame, Window window, String at) {
    return window instanceof Window.Span span && !reach.isAll(window)
        ? List.of(frame.within(span, at))
        : List.of();
  }

  /**
   * Of what results and windows rows are that are kept. It tells apart what SQL at one instant may
   * not: windows of 1d and of 24h.
   */
  List<String> kept() {
    List<String> kept = new ArrayList<>(results.keySet());
    reach.spans().forEach(span -> kept.add(span.text()));
    return kept;
  }

  final String scan(Frame frame, String... conditions) {
    return frame.scan(events, reach, columns, conditions(conditions));
  }

  /**
   * Aggregates for each person and value over the events that came to windows and those that went
   * from them, told apart by {@link Delta#CAME}.
   *
   * @param dictionary knows all values of the expression
   */
  final String movedByValue(
      Delta delta, Dictionary dictionary, String expression, List<String> aggregates) {
    String value = columns.name(expression);
    String isThere = expression + " IS NOT NULL";
    String moved =
        "SELECT *, TRUE AS %1$s FROM (%2$s) AS p\n  UNION ALL SELECT *, FALSE AS %1$s FROM (%3$s) AS m"
            .formatted(Delta.CAME, scan(delta.plus(), isThere), scan(delta.minus(), isThere));
    List<String> unit = List.of(Frame.KEY, "d." + Dictionary.NUMBER);
    List<String> selected = new ArrayList<>(unit);
    selected.addAll(aggregates);
    return Sql.select(selected, dictionary.join(moved, value), List.of())
        + "\n  GROUP BY "
        + String.join(", ", unit);
  }

  /**
   * The different values of an expression over the events in reach, as {@link Dictionary#VALUE}.
   */
  final String differentValues(Frame frame, String expression) {
    String values =
        frame.values(
            events,
            reach,
            expression + " AS " + Dictionary.VALUE,
            conditions(expression + " IS NOT NULL"));
    return "SELECT DISTINCT " + Dictionary.VALUE + " FROM (" + values + ") AS s";
  }

  final List<String> conditions(String... more) {
    List<String> conditions = new ArrayList<>(List.of(more));
    filter.ifPresent(condition -> conditions.add(0, condition));
    return conditions;
  }

  final Step step(Frame frame, List<String> selected, String from) {
    List<String> all = new ArrayList<>(frame.unit());
    all.addAll(selected);
    return new Step(
        frame.step(name),
        Sql.select(all, from, List.of()) + "\n  GROUP BY " + String.join(", ", frame.unit()));
  }

  /**
   * The results, each of which is one aggregate, of one row of the answer after the other. Grouping
   * keeps what it has gathered of all of them until the end, and begins each again and again where
   * rows are in the order of time. That takes more than there is of memory and disk if aggregates
   * gather values; here they are gathered for one at a time, after a sort that spills.
   */
  final Step oneByOne(Frame frame, String from) {
    String unit = String.join(", ", frame.unit());
    List<String> selected = new ArrayList<>(frame.unit());
    results
        .values()
        .forEach(r -> selected.add(r.sql().apply(frame) + " OVER kith_w AS " + r.alias()));
    selected.add("row_number() OVER kith_w AS kith_place");
    String all =
        Sql.select(selected, from, List.of()) + "\n  WINDOW kith_w AS (PARTITION BY " + unit + ")";
    List<String> kept = new ArrayList<>(frame.unit());
    kept.addAll(aliases());
    return new Step(
        frame.step(name), Sql.select(kept, "(" + all + ") AS w", List.of("kith_place = 1")));
  }
}
