package dev.kith.measures;

import dev.kith.measures.CompiledQuery.Step;
import dev.kith.model.definition.Knowledge;
import dev.kith.model.definition.Window;
import dev.kith.model.definition.Window.Direction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pairs of a person and an instant, each with a number. Events are gathered by person, and then
 * found by a range join with the pairs.
 */
final class PairsFrame implements Frame {

  /** The column with the number of a pair. */
  static final String PAIR = "kith_pair";

  private static final String PAIRS = "kith_pairs";

  private final Instants.Pairs pairs;
  private final List<Window.Span> spans;
  private final Map<EventTable, StandingCopy> copies;
  private final Map<EventTable, Gathering> gatherings = new LinkedHashMap<>();
  private final List<Step> once = new ArrayList<>();
  private final List<Step> gatheredBeside = new ArrayList<>();

  /**
   * @param copies that are bound in the place of events
   */
  PairsFrame(Instants.Pairs pairs, List<Window.Span> spans, Collection<StandingCopy> copies) {
    this.pairs = pairs;
    this.spans = spans;
    this.copies = new HashMap<>();
    copies.forEach(standing -> this.copies.put(standing.copy().events(), standing));
  }

  @Override
  public List<String> unit() {
    return List.of(PAIR);
  }

  @Override
  public List<String> group() {
    List<String> columns = new ArrayList<>(unit());
    columns.add(AS_OF);
    spans.forEach(span -> columns.add(bound(span)));
    return columns;
  }

  /** The different pairs with the bounds of their instants. */
  @Override
  public List<Step> steps() {
    String different =
        "SELECT DISTINCT %s AS %s, %s AS %s FROM %s"
            .formatted(
                Dialect.quoted(pairs.key()),
                KEY,
                Dialect.quoted(pairs.instant()),
                AS_OF,
                Dialect.quoted(pairs.relation()));
    List<String> columns = new ArrayList<>();
    columns.add(Dialect.cast("row_number() OVER ()", "INTEGER") + " AS " + PAIR);
    columns.add("p." + KEY);
    columns.add("p." + AS_OF);
    spans.forEach(span -> columns.add("b." + bound(span)));
    String from =
        "(%s) AS p JOIN %s AS b ON b.%s = p.%s"
            .formatted(
                different,
                Dialect.quoted(pairs.bounds()),
                Dialect.quoted(WindowBounds.AS_OF),
                AS_OF);
    return List.of(new Step(PAIRS, Sql.select(columns, from, List.of())));
  }

  /** The pairs that {@link #steps()} made. */
  String relation() {
    return PAIRS;
  }

  /** The steps for all pairs of all people that were asked for until now. */
  List<Step> once() {
    List<Step> steps = new ArrayList<>(once);
    gatherings.values().forEach(gathering -> steps.addAll(gathering.once()));
    return steps;
  }

  /** The steps that gather all that was asked for until now, for all pairs of some people. */
  List<Step> gathering() {
    List<Step> steps = new ArrayList<>();
    gatherings.values().forEach(gathering -> steps.add(gathering.step(people())));
    steps.addAll(gatheredBeside);
    return steps;
  }

  /** The events of a table, which are gathered because somebody asks for them. */
  Gathering gathering(EventTable events) {
    return gatherings.computeIfAbsent(
        events,
        table ->
            new Gathering(
                "kith_events_" + (gatherings.size() + 1),
                table,
                Optional.ofNullable(copies.get(table))));
  }

  /** The expressions whose value's event before is asked for, by table. */
  Map<EventTable, List<String>> valuesBefore() {
    Map<EventTable, List<String>> values = new LinkedHashMap<>();
    gatherings.forEach((events, gathering) -> values.put(events, gathering.valuesBefore()));
    return values;
  }

  /** Adds what is the same for all pairs, whoever they are of. */
  void once(Step step) {
    once.add(step);
  }

  /** Adds what is the same for all pairs of a person; the gathered events are there by then. */
  void gatherBeside(Step step) {
    gatheredBeside.add(step);
  }

  /** A query of the keys of the people that events are gathered of. */
  String people() {
    return "SELECT " + Dialect.quoted(pairs.key()) + " FROM " + Dialect.quoted(pairs.people());
  }

  /** Whether only what was known at a pair's instant counts. */
  boolean asThen() {
    return pairs.known() == Knowledge.THEN;
  }

  /** Whether all events on this side of an instant count, whenever they were ingested. */
  boolean knowsAll(Direction direction) {
    return direction == Direction.AHEAD || !asThen();
  }

  @Override
  public String scan(EventTable events, Reach reach, ScanColumns columns, List<String> conditions) {
    Gathering gathering = gathering(events);
    List<String> selected = new ArrayList<>();
    columns.forEach(
        (expression, name) ->
            selected.add("e." + gathering.column(guarded(conditions, expression)) + " AS " + name));
    gathering.allBefore().forEach(time -> selected.add("e." + time));
    return joined(
        events,
        reach,
        selected,
        conditions.stream().map(condition -> "e." + gathering.column(condition)).toList());
  }

  /**
   * As {@link #scan}, of events that have a value of an expression, with its number in the column
   * {@code kith_number}.
   *
   * @param numbered a table with {@code kith_value} and {@code kith_number}
   */
  String numbered(
      EventTable events, Reach reach, String expression, List<String> conditions, String numbered) {
    String number = "e." + gathering(events).number(where(conditions, expression), numbered);
    return joined(
        events, reach, List.of(number + " AS kith_number"), List.of(number + " IS NOT NULL"));
  }

  private String joined(
      EventTable events, Reach reach, List<String> columns, List<String> conditions) {
    Gathering gathering = gathering(events);
    List<String> selected = new ArrayList<>();
    group().forEach(column -> selected.add("p." + column));
    selected.add("e." + AT);
    selected.addAll(columns);
    List<String> on = new ArrayList<>();
    on.add("e." + Gathering.PERSON + " = p." + KEY);
    on.add("e." + AT + (reach.looksBack() ? " < p." : " >= p.") + AS_OF);
    if (reach.looksBack() && asThen()) {
      on.add(Sql.atMost("e." + gathering.ingested(), "p." + AS_OF));
    }
    if (!reach.bounds().isEmpty()) {
      on.add("e." + AT + (reach.looksBack() ? " >= " : " < ") + farthest(reach));
    }
    on.addAll(conditions);
    String from =
        PAIRS + " AS p\n  JOIN " + gathering.name() + " AS e ON " + String.join(" AND ", on);
    return Sql.select(selected, from, List.of());
  }

  /** Computed only of rows for which the conditions hold: it may be a fault of others. */
  private static String guarded(List<String> conditions, String expression) {
    return Sql.isColumn(expression) ? expression : where(conditions, expression);
  }

  private static String where(List<String> conditions, String expression) {
    return conditions.isEmpty()
        ? expression
        : "CASE WHEN " + String.join(" AND ", conditions) + " THEN " + expression + " END";
  }

  /** Of everybody: to pick people costs far more than to read columns of few different values. */
  @Override
  public String values(EventTable events, Reach reach, String expression, List<String> conditions) {
    return Sql.select(List.of(expression), Sql.from(events.relation()), conditions);
  }

  /**
   * The column of scans with the time of the person's event before that has the same value of an
   * expression; NULL where the event has none, or the filter does not hold.
   */
  String before(EventTable events, String expression, Optional<String> filter) {
    return gathering(events).before(where(filter.stream().toList(), expression));
  }

  /** That a time of {@link #before}, of an event in a window, is not in the window. */
  String isOutside(Window window, String before) {
    if (window instanceof Window.Span span) {
      return before + " < " + (span.direction() == Direction.BACK ? bound(span) : AS_OF);
    }
    return before + " = " + Dialect.beforeAll();
  }

  @Override
  public String within(Window.Span window, String at) {
    return within(window, at, bound(window));
  }

  /** The bound is the same in all rows of a pair. */
  @Override
  public String groupWithin(Window.Span window, String aggregated) {
    return within(window, aggregated, "max(" + bound(window) + ")");
  }

  private static String within(Window.Span window, String at, String bound) {
    return at + (window.direction() == Direction.BACK ? " >= " : " < ") + bound;
  }

  @Override
  public String asOf() {
    return AS_OF;
  }

  private static String farthest(Reach reach) {
    List<String> ends = reach.bounds().stream().map(span -> "p." + bound(span)).toList();
    return ends.size() == 1
        ? ends.get(0)
        : (reach.looksBack() ? "least(" : "greatest(") + String.join(", ", ends) + ")";
  }

  private static String bound(Window.Span span) {
    return Dialect.quoted(WindowBounds.name(span));
  }
}
