package dev.kith.measures;

import dev.kith.measures.CompiledQuery.Step;
import dev.kith.model.TableName;
import dev.kith.model.definition.Window;
import dev.kith.model.definition.Window.Direction;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Everybody at one instant. */
final class SingleFrame implements Frame {

  private final Instant instant;
  private final ZoneId zone;
  private final String label;
  private final Function<EventTable, TableName> rows;

  SingleFrame(Instant instant, ZoneId zone) {
    this(WindowBounds.roundedUp(instant), zone, "", EventTable::relation);
  }

  private SingleFrame(
      Instant instant, ZoneId zone, String label, Function<EventTable, TableName> rows) {
    this.instant = instant;
    this.zone = zone;
    this.label = label;
    this.rows = rows;
  }

  /**
   * The same instant over other rows of the events' tables.
   *
   * @param label distinguishes its steps from those of other frames
   */
  SingleFrame over(String label, Function<EventTable, TableName> rows) {
    return new SingleFrame(instant, zone, "_" + label, rows);
  }

  @Override
  public String step(String name) {
    return name + label;
  }

  @Override
  public List<String> unit() {
    return List.of(KEY);
  }

  @Override
  public List<String> group() {
    return unit();
  }

  @Override
  public List<Step> steps() {
    return List.of();
  }

  @Override
  public String scan(EventTable events, Reach reach, ScanColumns columns, List<String> conditions) {
    List<String> selected = new ArrayList<>();
    selected.add(PersonOfEvent.key(events) + " AS " + KEY);
    selected.add(Sql.at(events) + " AS " + AT);
    selected.addAll(columns.definitions());
    List<String> where = new ArrayList<>(bounds(events, reach));
    where.add(PersonOfEvent.key(events) + " IS NOT NULL");
    where.addAll(conditions);
    return Sql.select(selected, from(events), where);
  }

  private String from(EventTable events) {
    return rows.apply(events).quoted() + " AS " + Dialect.quoted(events.relation().name());
  }

  @Override
  public String values(EventTable events, Reach reach, String expression, List<String> conditions) {
    List<String> where = new ArrayList<>(bounds(events, reach));
    where.addAll(conditions);
    return Sql.select(List.of(expression), from(events), where);
  }

  private List<String> bounds(EventTable events, Reach reach) {
    String at = Sql.at(events);
    List<String> bounds = new ArrayList<>();
    bounds.add(at + (reach.looksBack() ? " < " : " >= ") + asOf());
    farthest(reach)
        .ifPresent(end -> bounds.add(at + (reach.looksBack() ? " >= " : " < ") + literal(end)));
    return bounds;
  }

  /** That a time before the instant is not beyond the far end of all windows; none if all are. */
  List<String> inReach(Reach reach, String at) {
    return farthest(reach).map(end -> at + " >= " + literal(end)).stream().toList();
  }

  /**
   * That a time is not before all windows that begin at some time, not even where clocks are set
   * back and a window begins earlier at a later instant. Empty if there is no such window.
   *
   * @param reach of windows that look back
   */
  Optional<String> isNear(Reach reach, String at) {
    return farthest(reach.spans(), true)
        .map(end -> WindowBounds.withinCalendar(end.minus(WindowBounds.NEAR)))
        .map(end -> at + " >= " + literal(end));
  }

  /**
   * That a time may be one that {@link #isNear} did not hold for, at this or an earlier instant.
   */
  Optional<String> mayBeDistant(Reach reach, String at) {
    return farthest(reach.spans(), true).map(end -> at + " < " + literal(end));
  }

  private Optional<Instant> farthest(Reach reach) {
    return farthest(reach.bounds(), reach.looksBack());
  }

  private Optional<Instant> farthest(List<Window.Span> spans, boolean back) {
    Comparator<Instant> order = Comparator.naturalOrder();
    return spans.stream()
        .map(span -> WindowBounds.farEnd(span, instant, zone))
        .min(back ? order : order.reversed());
  }

  @Override
  public String within(Window.Span window, String at) {
    String end = literal(WindowBounds.farEnd(window, instant, zone));
    return at + (window.direction() == Direction.BACK ? " >= " : " < ") + end;
  }

  @Override
  public String asOf() {
    return literal(instant);
  }

  private static String literal(Instant value) {
    return Dialect.instant(value);
  }
}
