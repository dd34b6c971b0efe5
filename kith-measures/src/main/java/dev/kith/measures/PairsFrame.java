package dev.kith.measures;

import dev.kith.measures.CompiledQuery.Step;
import dev.kith.model.definition.Knowledge;
import dev.kith.model.definition.Window;
import dev.kith.model.definition.Window.Direction;
import java.util.ArrayList;
import java.util.List;

/** Pairs of a person and an instant; events are found by a range join. */
final class PairsFrame implements Frame {

  private static final String PAIRS = "kith_pairs";
  private static final String INGESTED = "kith_ingested";

  private final Instants.Pairs pairs;
  private final List<Window.Span> spans;

  PairsFrame(Instants.Pairs pairs, List<Window.Span> spans) {
    this.pairs = pairs;
    this.spans = spans;
  }

  @Override
  public List<String> unit() {
    return List.of(KEY, AS_OF);
  }

  @Override
  public List<String> group() {
    List<String> columns = new ArrayList<>(unit());
    spans.forEach(span -> columns.add(bound(span)));
    return columns;
  }

  /** The different pairs with the bounds of their instants. */
  @Override
  public List<Step> steps() {
    List<String> columns = new ArrayList<>();
    columns.add("p." + Dialect.quoted(pairs.key()) + " AS " + KEY);
    columns.add("p." + Dialect.quoted(pairs.instant()) + " AS " + AS_OF);
    spans.forEach(span -> columns.add("b." + bound(span)));
    String sql =
        "SELECT DISTINCT "
            + String.join(", ", columns)
            + " FROM "
            + Dialect.quoted(pairs.relation())
            + " AS p JOIN "
            + Dialect.quoted(pairs.bounds())
            + " AS b ON b."
            + Dialect.quoted(WindowBounds.AS_OF)
            + " = p."
            + Dialect.quoted(pairs.instant());
    return List.of(new Step(PAIRS, sql));
  }

  /** The pairs that {@link #steps()} made. */
  String relation() {
    return PAIRS;
  }

  /** Whether only what was known at a pair's instant counts. */
  boolean asThen() {
    return pairs.known() == Knowledge.THEN;
  }

  @Override
  public String scan(EventTable events, Reach reach, ScanColumns columns, List<String> conditions) {
    List<String> selected = new ArrayList<>();
    group().forEach(column -> selected.add("p." + column));
    selected.add("e." + AT);
    columns.all().forEach(column -> selected.add("e." + column));
    List<String> on = new ArrayList<>();
    on.add("e.kith_person = p." + KEY);
    on.add("e." + AT + (reach.looksBack() ? " < p." : " >= p.") + AS_OF);
    boolean knownOnly = reach.looksBack() && asThen();
    if (knownOnly) {
      on.add(Sql.atMost("e." + INGESTED, "p." + AS_OF));
    }
    if (!reach.bounds().isEmpty()) {
      on.add("e." + AT + (reach.looksBack() ? " >= " : " < ") + farthest(reach));
    }
    List<String> inner = new ArrayList<>();
    inner.add(PersonOfEvent.key(events) + " AS kith_person");
    inner.add(Sql.at(events) + " AS " + AT);
    if (knownOnly) {
      inner.add(Dialect.quoted(Knowledge.INGESTED_AT) + " AS " + INGESTED);
    }
    inner.addAll(columns.definitions());
    List<String> where = new ArrayList<>();
    where.add(PersonOfEvent.key(events) + " IS NOT NULL");
    where.addAll(conditions);
    String from =
        PAIRS
            + " AS p\n  JOIN ("
            + Sql.select(inner, Sql.from(events.relation()), where)
            + ") AS e ON "
            + String.join(" AND ", on);
    return Sql.select(selected, from, List.of());
  }

  @Override
  public String values(EventTable events, Reach reach, String expression, List<String> conditions) {
    return Sql.select(List.of(expression), Sql.from(events.relation()), conditions);
  }

  @Override
  public String within(Window.Span window, String at) {
    return at + (window.direction() == Direction.BACK ? " >= " : " < ") + bound(window);
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
