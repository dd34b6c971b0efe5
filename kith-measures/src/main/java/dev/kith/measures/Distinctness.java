package dev.kith.measures;

import dev.kith.measures.CompiledQuery.Step;
import dev.kith.model.definition.Window;
import dev.kith.model.definition.Window.Direction;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Primitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts of different values: a value is in a window if the event with it that is nearest to the
 * instant is. So one row per person and value serves all windows.
 *
 * <p>Such a count follows from these times, kept for each value: of what came or went only the
 * values matter, and for each only whether its time crossed the windows' ends. If the very event
 * went that was a value's latest, the person is doubtful.
 *
 * <p>The state is a {@link Dictionary} and a {@link Journal}: a value has its greatest time of all
 * rows. Of a time that lies before all windows that begin at some time, only a window over all
 * times asks whether there is one. Such values are distant, without their time: they are by far the
 * most after years, and matter only where a value comes, or an event as old as that goes.
 */
final class Distinctness extends Family implements Incremental {

  private static final String VALUE = Dictionary.NUMBER;
  private static final String BEFORE = "kith_before";
  private static final String CAME = "kith_came_at";
  private static final String WENT = "kith_went_at";
  private static final String DOUBTFUL = "kith_doubtful";

  private final String expression;
  private final DataType valueType;
  private final Optional<Keeping> keeping;
  private final Map<String, Window> counts = new LinkedHashMap<>();

  /**
   * @param keeping there if the counts shall follow
   */
  Distinctness(
      String name,
      EventTable events,
      Direction direction,
      Optional<String> filter,
      String expression,
      DataType valueType,
      Optional<Keeping> keeping) {
    super(name, events, direction, filter);
    this.expression = expression;
    this.valueType = valueType;
    this.keeping = keeping;
  }

  String count(Window window) {
    String count =
        result("count", window, frame -> "count(*)" + Sql.filter(within(frame, window, Frame.AT)));
    counts.put(alias(count), window);
    return count;
  }

  @Override
  boolean follows() {
    return keeping.isPresent();
  }

  @Override
  List<Step> steps(Frame frame) {
    if (keeping.isEmpty()) {
      return List.of(step(frame, definitions(frame), "(" + perValue(frame) + ") AS v"));
    }
    return List.of(
        dictionary().kept(differentValues(frame, expression)),
        new Step(frame.step(values()), atOnce(keeping.get().frame(), perValue(frame)))
            .keeping(keeping.get().schema(valueTypes())),
        perPerson(frame, frame.step(values())).keeping(keeping.get().schema(countTypes())));
  }

  private String values() {
    return name() + "_values";
  }

  private Dictionary dictionary() {
    return new Dictionary(name() + "_dictionary", valueType);
  }

  private Step perPerson(Frame frame, String values) {
    return step(frame, definitions(frame), values + " AS v");
  }

  private Map<String, DataType> valueTypes() {
    Map<String, DataType> types = new LinkedHashMap<>();
    types.put(VALUE, Primitive.INTEGER);
    types.put(Frame.AT, Primitive.INSTANT);
    types.put(Journal.PART, Primitive.INTEGER);
    return types;
  }

  /**
   * The rows to write at once.
   *
   * @param latest a query for each value's latest time, NULL if it is distant
   */
  private String atOnce(SingleFrame frame, String latest) {
    String from = "(" + latest + ") AS v";
    Optional<String> isNear = frame.isNear(reach(), Frame.AT);
    if (isNear.isEmpty()) {
      return Sql.select(List.of("*", Journal.AT_ONCE), from, List.of());
    }
    if (!reach().isUnbounded()) {
      return Sql.select(List.of("*", Journal.AT_ONCE), from, isNear.stream().toList());
    }
    String near = isNear.get();
    String time = "CASE WHEN %1$s THEN %2$s END AS %2$s".formatted(near, Frame.AT);
    return Sql.select(List.of(Frame.KEY, VALUE, time, Journal.atOnce(near)), from, List.of());
  }

  private Map<String, DataType> countTypes() {
    Map<String, DataType> types = new LinkedHashMap<>();
    aliases().forEach(alias -> types.put(alias, Primitive.BIGINT));
    return types;
  }

  /** The nearest time of each value of each person. */
  private String perValue(Frame frame, String... conditions) {
    String column = columns().name(expression);
    String scan = scan(frame, expression + " IS NOT NULL");
    String value = follows() ? "d." + Dictionary.NUMBER : column;
    String from = follows() ? dictionary().join(scan, column) : "(" + scan + ") AS s";
    List<String> selected = new ArrayList<>(frame.group());
    selected.add(value + " AS " + VALUE);
    selected.add((reach().looksBack() ? "max(" : "min(") + Frame.AT + ") AS " + Frame.AT);
    return Sql.select(selected, from, List.of(conditions))
        + "\n  GROUP BY "
        + String.join(", ", frame.group())
        + ", "
        + value;
  }

  @Override
  public List<Step> restored() {
    return List.of(); // which the kept rows are
  }

  @Override
  public List<Step> followed(Delta delta) {
    List<Step> steps =
        new ArrayList<>(dictionary().extended(differentValues(delta.plus(), expression)));
    steps.add(new Step(crossed(), crossed(delta)));
    steps.add(new Step(times(), times(delta)));
    steps.add(new Step(followedName(), followedCounts(delta)));
    return steps;
  }

  private String crossed() {
    return name() + "_crossed";
  }

  private String times() {
    return name() + "_times";
  }

  private String followedName() {
    return name() + "_followed";
  }

  /** The values with events that came or went, and the latest of these. */
  private String crossed(Delta delta) {
    String latest = "max(" + Frame.AT + ")";
    return movedByValue(
        delta,
        dictionary(),
        expression,
        List.of(
            latest + Sql.filter(List.of(Delta.CAME)) + " AS " + CAME,
            latest + Sql.filter(List.of("NOT " + Delta.CAME)) + " AS " + WENT));
  }

  /** What the latest times of these values were and are. */
  private String times(Delta delta) {
    String before =
        Sql.select(
            List.of(
                "c." + Frame.KEY,
                "c." + VALUE,
                "c." + CAME,
                "c." + WENT,
                "w." + Frame.AT + " AS " + BEFORE),
            "%1$s AS c\n  LEFT JOIN (%2$s) AS w ON w.%3$s = c.%3$s AND w.%4$s = c.%4$s"
                .formatted(crossed(), before(delta), Frame.KEY, VALUE),
            List.of());
    String lost =
        "(%1$s IS NOT NULL AND (%2$s IS NULL OR %1$s >= %2$s) AND NOT coalesce(%3$s >= %2$s, FALSE))"
            .formatted(WENT, BEFORE, CAME);
    List<String> doubtful = new ArrayList<>();
    doubtful.add(lost);
    doubtful.addAll(delta.anew().inReach(reach(), WENT));
    return Sql.select(
        List.of(
            Frame.KEY,
            VALUE,
            BEFORE,
            "CASE WHEN "
                + lost
                + " THEN "
                + CAME
                + " ELSE greatest("
                + BEFORE
                + ", "
                + CAME
                + ") END AS "
                + Frame.AT,
            String.join(" AND ", doubtful) + " AS " + DOUBTFUL),
        "(" + before + ") AS t",
        List.of());
  }

  /**
   * The latest times that these values had; of a distant one, a time before all others. Each part
   * of the journal is joined by itself: an engine then knows that there are far more rows of the
   * people at hand than values that crossed, and keeps the latter at hand.
   */
  private String before(Delta delta) {
    List<String> columns = List.of(Frame.KEY, VALUE, Frame.AT);
    List<String> parts = new ArrayList<>();
    parts.add(ofCrossed(journal().whole(columns, isCrossed())));
    parts.add(ofCrossed(journal().later(columns, isCrossed())));
    distant(delta).ifPresent(rows -> parts.add(ofCrossed(rows)));
    return latest(String.join("\n  UNION ALL ", parts));
  }

  private String ofCrossed(String rows) {
    return Sql.select(
        List.of("r." + Frame.KEY, "r." + VALUE, "r." + Frame.AT),
        "(%1$s) AS r JOIN %2$s AS c ON c.%3$s = r.%3$s AND c.%4$s = r.%4$s"
            .formatted(rows, crossed(), Frame.KEY, VALUE),
        List.of());
  }

  /** A query for the distant values that crossed ones can be; empty if values never are. */
  private Optional<String> distant(Delta delta) {
    if (!reach().isUnbounded()) {
      return Optional.empty();
    }
    return delta
        .minus()
        .mayBeDistant(reach(), WENT)
        .map(
            isOld ->
                journal()
                    .distant(
                        List.of(Frame.KEY, VALUE, Dialect.beforeAll() + " AS " + Frame.AT),
                        "%1$s IN (SELECT %1$s FROM %2$s WHERE %3$s IS NULL OR %4$s)"
                            .formatted(Frame.KEY, crossed(), WENT, isOld)));
  }

  private Journal journal() {
    return new Journal(values());
  }

  /**
   * That a row is of a person at hand: an engine finds people in rows that are ordered by them far
   * faster than pairs of person and value.
   */
  private String isCrossed() {
    return Frame.KEY + " IN (SELECT " + Frame.KEY + " FROM " + crossed() + ")";
  }

  private static String latest(String rows) {
    String columns = Frame.KEY + ", " + VALUE;
    return Sql.select(
            List.of(columns, "max(" + Frame.AT + ") AS " + Frame.AT),
            "(" + rows + ") AS r",
            List.of())
        + "\n  GROUP BY "
        + columns;
  }

  private String followedCounts(Delta delta) {
    List<String> changes = new ArrayList<>();
    List<String> selected = new ArrayList<>();
    changes.add(Frame.KEY);
    selected.add(Frame.KEY);
    counts.forEach(
        (alias, window) -> {
          changes.add(
              "count(*)%s - count(*)%s AS %s"
                  .formatted(
                      Sql.filter(isWithin(delta.anew(), window, Frame.AT)),
                      Sql.filter(isWithin(delta.minus(), window, BEFORE)),
                      alias));
          selected.add("coalesce(o.%1$s, 0) + coalesce(d.%1$s, 0) AS %1$s".formatted(alias));
        });
    changes.add("bool_or(" + DOUBTFUL + ") AS " + DOUBTFUL);
    selected.add("coalesce(d.%1$s, FALSE)%2$s AS %1$s".formatted(DOUBTFUL, orHasGoneBeyond(delta)));
    String state =
        Sql.select(
            List.of("*"), CompiledUpdate.state(name()).quoted(), List.of(Touched.isKey(Frame.KEY)));
    String change = Sql.select(changes, times(), List.of()) + "\n  GROUP BY " + Frame.KEY;
    return Sql.select(
        selected,
        "(%s) AS o\n  FULL JOIN (%s) AS d USING (%s)".formatted(state, change, Frame.KEY),
        List.of());
  }

  @Override
  public boolean readsGone(EventTable table, Delta delta) {
    return table.equals(events()) && !delta.anew().inReach(reach(), Frame.AT).isEmpty();
  }

  /** Of people with an event beyond all windows that is gone, the journal holds what is not so. */
  private String orHasGoneBeyond(Delta delta) {
    List<String> inReach = delta.anew().inReach(reach(), Frame.AT);
    return !readsGone(events(), delta)
        ? ""
        : " OR %1$s IN (SELECT %1$s FROM %2$s WHERE NOT (%3$s))"
            .formatted(Frame.KEY, delta.gone().apply(events()), String.join(" AND ", inReach));
  }

  /** Of a time that may be NULL or beyond all windows. */
  private List<String> isWithin(SingleFrame frame, Window window, String time) {
    return List.of(
        window instanceof Window.Span span ? frame.within(span, time) : time + " IS NOT NULL");
  }

  @Override
  public List<String> doubtful() {
    return List.of(doubtfulKeys());
  }

  @Override
  public List<String> doubtfulBeyond() {
    return reach().isUnbounded() ? doubtful() : List.of();
  }

  private String doubtfulKeys() {
    return Sql.select(List.of(Frame.KEY), followedName(), List.of(DOUBTFUL));
  }

  @Override
  public List<Step> settled(Delta delta) {
    List<String> columns = new ArrayList<>(List.of(Frame.KEY));
    columns.addAll(aliases());
    SingleFrame anew = delta.anew();
    String isDoubtful = Frame.KEY + " IN (" + doubtfulKeys() + ")";
    return List.of(
        new Step(anew.step(values()), perValue(anew, isDoubtful)),
        new Step(
            name(),
            Sql.select(columns, followedName(), List.of("NOT " + DOUBTFUL))
                + "\nUNION ALL "
                + Sql.select(
                    columns,
                    "(" + perPerson(anew, anew.step(values())).sql() + ") AS a",
                    List.of())));
  }

  @Override
  public List<StateChange> changes(Delta delta) {
    List<String> columns = List.of(Frame.KEY, VALUE, Frame.AT, Journal.ADDED);
    String later =
        Sql.select(
            columns,
            times(),
            List.of(
                Frame.AT + " IS NOT NULL",
                Frame.AT + " IS DISTINCT FROM " + BEFORE,
                Frame.KEY + " NOT IN (" + doubtfulKeys() + ")"));
    String anew = Sql.select(columns, delta.anew().step(values()), List.of());
    return List.of(
        dictionary().change(),
        new StateChange(
            values(),
            later + "\nUNION ALL " + anew,
            Optional.of(doubtfulKeys()),
            Optional.of(condensed(delta))),
        StateChange.ofPeople(name(), delta.moved().apply(events())));
  }

  private String condensed(Delta delta) {
    return atOnce(delta.anew(), latest(journal().all(List.of(Frame.KEY, VALUE, Frame.AT))));
  }
}
