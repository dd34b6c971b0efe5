package dev.kith.measures;

import static java.util.stream.Collectors.joining;

import dev.kith.measures.CompiledQuery.Step;
import dev.kith.model.definition.Window;
import dev.kith.model.definition.Window.Direction;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Primitive;
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
 *
 * <p>Counts per value follow by addition and subtraction, whatever came or went. The state is a
 * {@link Journal} of what was added and subtracted: a value's count is the sum of its rows.
 */
final class Tally extends Family implements Incremental {

  private static final String SHIFT = "4294967296";

  private final String expression;
  private final DataType valueType;
  private final Optional<Keeping> keeping;
  private final Map<Window, String> counts = new LinkedHashMap<>();
  private final Set<String> modes = new HashSet<>();
  private boolean listsSome;
  private boolean listsAll;

  /**
   * @param keeping there if the counts shall follow
   */
  Tally(
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

  String mode(Window window) {
    String n = countName(window);
    String result = result("mode", window, frame -> "max(" + encoded(n) + ")");
    modes.add(alias(result));
    return result;
  }

  String top(int limit, Window window) {
    String n = countName(window);
    listsSome = true;
    return result(
        "top " + limit, window, frame -> Dialect.valuesOfGreatest("kith_value", encoded(n), limit));
  }

  /** Greater for what occurs more often, and of equally frequent values for the smaller. */
  private static String encoded(String n) {
    return "CASE WHEN " + n + " > 0 THEN " + n + " * " + SHIFT + " + t.kith_code END";
  }

  String histogram(Window window) {
    String n = countName(window);
    listsAll = true;
    String entry = Dialect.struct(List.of("k", "v"), List.of("kith_value", n));
    return result(
        "histogram", window, frame -> Dialect.map(Dialect.sorted(Dialect.list(entry) + occurs(n))));
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
  boolean follows() {
    return keeping.isPresent();
  }

  @Override
  List<Step> steps(Frame frame) {
    if (frame instanceof PairsFrame pairs) {
      pairs.once(ownCodes(frame));
      return List.of(results(frame, tally(frame)));
    }
    List<Step> steps = new ArrayList<>();
    String tally;
    if (keeping.isPresent()) {
      steps.add(dictionary().kept(differentValues(frame, expression)));
      steps.add(knownCodes());
      steps.add(
          new Step(counts(), byPerson(counts(frame))).keeping(keeping.get().schema(countTypes())));
      tally = encodedCounts(counts());
    } else if (listsAll) {
      steps.add(ownCodes(frame));
      steps.add(new Step(counts(), byPerson(tally(frame))));
      tally = Sql.select(List.of("*"), counts(), List.of());
    } else {
      steps.add(ownCodes(frame));
      tally = tally(frame);
    }
    steps.add(resultsOfEverybody(frame, tally));
    return steps;
  }

  /**
   * The counts of each person one after the other if all values are listed: then each list is made
   * at once, and not begun again and again.
   */
  private String byPerson(String counts) {
    return listsAll ? counts + "\n  ORDER BY " + Frame.KEY : counts;
  }

  /** Counts, of which all results are made. */
  @Override
  List<String> kept() {
    return counts.keySet().stream().map(Window::text).toList();
  }

  private String codes() {
    return name() + "_values";
  }

  private Step ownCodes(Frame frame) {
    return new Step(
        codes(), codes("kith_value", "(" + differentValues(frame, expression) + ") AS d"));
  }

  private Dictionary dictionary() {
    return new Dictionary(name() + "_dictionary", valueType);
  }

  private Step knownCodes() {
    return new Step(codes(), codes("kith_value, " + Dictionary.NUMBER, dictionary().name()));
  }

  private String counts() {
    return name() + "_counts";
  }

  private Map<String, DataType> countTypes() {
    Map<String, DataType> types = new LinkedHashMap<>();
    types.put(Dictionary.NUMBER, Primitive.INTEGER);
    counts.values().forEach(n -> types.put(n, Primitive.BIGINT));
    types.put(Journal.PART, Primitive.INTEGER);
    return types;
  }

  /**
   * The results of each person.
   *
   * @param tally a query for how often each person has each value, as its number
   */
  private Step results(Frame frame, String tally) {
    return decoded(frame, step(frame, definitions(frame), withValues(tally)));
  }

  /** As {@link #results}, of so many people that lists of all of them may not fit into memory. */
  private Step resultsOfEverybody(Frame frame, String tally) {
    return listsSome && !listsAll
        ? decoded(frame, oneByOne(frame, withValues(tally)))
        : results(frame, tally);
  }

  private String withValues(String tally) {
    String from = "(" + tally + ") AS t";
    return listsSome || listsAll
        ? from + " JOIN " + codes() + " AS d ON d.kith_number = t.kith_code"
        : from;
  }

  /** Numbers values from the greatest; a number beyond 2^31 - 1 is an error. */
  private static String codes(String columns, String values) {
    return "SELECT "
        + columns
        + ", CAST(row_number() OVER (ORDER BY kith_value DESC) AS INTEGER) AS kith_number FROM "
        + values;
  }

  /**
   * How often each person has each value in each window, from the counts of values themselves.
   *
   * @param from a relation, or a query in parentheses
   */
  private String encodedCounts(String from) {
    List<String> selected = new ArrayList<>();
    selected.add("k." + Frame.KEY);
    selected.add("c.kith_number AS kith_code");
    counts.values().forEach(n -> selected.add("k." + n));
    return Sql.select(
        selected,
        "%1$s AS k JOIN %2$s AS c ON c.%3$s = k.%3$s".formatted(from, codes(), Dictionary.NUMBER),
        List.of());
  }

  /** As {@link #tally}, with the numbers that the values keep. */
  private String counts(Frame frame) {
    List<String> selected = new ArrayList<>();
    selected.add("t." + Frame.KEY);
    selected.add("c." + Dictionary.NUMBER);
    counts.values().forEach(n -> selected.add("t." + n));
    selected.add(Journal.AT_ONCE);
    return Sql.select(
        selected,
        "(" + tally(frame) + ") AS t JOIN " + codes() + " AS c ON c.kith_number = t.kith_code",
        List.of());
  }

  @Override
  public List<Step> restored() {
    String counts =
        counts(journal().whole(countColumns()), summed(journal().later(countColumns())));
    return List.of(
        knownCodes(),
        resultsOfEverybody(keeping.orElseThrow().frame(), encodedCounts("(" + counts + ")")));
  }

  @Override
  public List<Step> followed(Delta delta) {
    List<Step> steps =
        new ArrayList<>(dictionary().extended(differentValues(delta.plus(), expression)));
    steps.add(new Step(moves(), moves(delta)));
    steps.add(knownCodes());
    return steps;
  }

  private String moves() {
    return name() + "_moves";
  }

  /** What is added to the counts of values and, as negative counts, subtracted. */
  private String moves(Delta delta) {
    String isCame = Delta.CAME;
    List<String> changes = new ArrayList<>();
    counts.forEach(
        (window, n) ->
            changes.add(
                "%s - %s AS %s"
                    .formatted(
                        counted(delta.plus(), window, isCame),
                        counted(delta.minus(), window, "NOT " + isCame),
                        n)));
    String all = movedByValue(delta, dictionary(), expression, changes);
    return Sql.select(List.of("*"), "(" + all + ") AS r", List.of(any("%s <> 0")));
  }

  private String counted(Frame frame, Window window, String condition) {
    List<String> conditions = new ArrayList<>(List.of(condition));
    conditions.addAll(within(frame, window, Frame.AT));
    return "count(*)" + Sql.filter(conditions);
  }

  /**
   * That a condition holds in any window.
   *
   * @param condition with a place for the window's count
   */
  private String any(String condition) {
    return counts.values().stream().map(condition::formatted).collect(joining(" OR "));
  }

  private static String sum(String n) {
    return Dialect.cast("sum(" + n + ")", Primitive.BIGINT.sql()) + " AS " + n;
  }

  private String summed(String rows) {
    List<String> summed = new ArrayList<>(List.of(Frame.KEY, Dictionary.NUMBER));
    counts.values().forEach(n -> summed.add(sum(n)));
    return Sql.select(summed, "(" + rows + ") AS r", List.of())
        + "\n  GROUP BY "
        + Frame.KEY
        + ", "
        + Dictionary.NUMBER;
  }

  /** The counts of touched people, of now. */
  private String movedCounts() {
    String touched = Touched.isKey(Frame.KEY);
    String later =
        journal().later(countColumns(), touched)
            + "\n  UNION ALL "
            + Sql.select(countColumns(), moves(), List.of());
    return counts(journal().whole(countColumns(), touched), summed(later));
  }

  /**
   * The counts of values that occur. It is a join and no grouping, so that people stay in the order
   * in which they are read: else the results of each would be begun many times, which takes more
   * room than there may be.
   *
   * @param whole a query for counts that were written at once
   * @param later a query for what came to these, one row for each person and value
   */
  private String counts(String whole, String later) {
    List<String> sums = new ArrayList<>(List.of(Frame.KEY, Dictionary.NUMBER));
    counts
        .values()
        .forEach(n -> sums.add("coalesce(w.%1$s, 0) + coalesce(l.%1$s, 0) AS %1$s".formatted(n)));
    String both =
        Sql.select(
            sums,
            "(%s) AS w\n  FULL JOIN (%s) AS l USING (%s, %s)"
                .formatted(whole, later, Frame.KEY, Dictionary.NUMBER),
            List.of());
    return Sql.select(List.of("*"), "(" + both + ") AS b", List.of(any("%s > 0")));
  }

  private Journal journal() {
    return new Journal(counts());
  }

  private List<String> countColumns() {
    List<String> columns = new ArrayList<>(List.of(Frame.KEY, Dictionary.NUMBER));
    columns.addAll(counts.values());
    return columns;
  }

  /** The sums of counts, without values that do not occur. */
  private String occurring(String rows) {
    return summed(rows) + "\n  HAVING " + any("sum(%s) > 0");
  }

  @Override
  public List<String> doubtful() {
    return List.of();
  }

  @Override
  public List<String> doubtfulBeyond() {
    return List.of();
  }

  @Override
  public List<Step> settled(Delta delta) {
    return List.of(
        results(keeping.orElseThrow().frame(), encodedCounts("(" + movedCounts() + ")")));
  }

  @Override
  public List<StateChange> changes(Delta delta) {
    String condensed =
        Sql.select(
            List.of("*", Journal.AT_ONCE),
            "(" + occurring(journal().all(countColumns())) + ") AS o",
            List.of());
    return List.of(
        dictionary().change(),
        new StateChange(
            counts(),
            Sql.select(List.of("*", Journal.ADDED), moves(), List.of()),
            Optional.empty(),
            Optional.of(condensed)));
  }

  /** How often each person has each value in each window. */
  private String tally(Frame frame) {
    List<String> selected = new ArrayList<>(frame.unit());
    selected.add("kith_number AS kith_code");
    counts.forEach(
        (window, n) ->
            selected.add("count(*)" + Sql.filter(within(frame, window, Frame.AT)) + " AS " + n));
    return Sql.select(selected, numbered(frame), List.of())
        + "\n  GROUP BY "
        + String.join(", ", frame.unit())
        + ", kith_number";
  }

  /** The scanned events with the numbers of their values. */
  private String numbered(Frame frame) {
    if (frame instanceof PairsFrame pairs) {
      return "(" + pairs.numbered(events(), reach(), expression, conditions(), codes()) + ") AS s";
    }
    String value = columns().name(expression);
    return "("
        + scan(frame, expression + " IS NOT NULL")
        + ") AS s JOIN "
        + codes()
        + " AS c ON c.kith_value = s."
        + value;
  }

  /** Puts the values back in the place of the modes' numbers. */
  private Step decoded(Frame frame, Step encoded) {
    if (modes.isEmpty()) {
      return encoded;
    }
    List<String> selected = new ArrayList<>();
    frame.unit().forEach(column -> selected.add("m." + column));
    StringBuilder from = new StringBuilder("(" + encoded.sql() + ") AS m");
    for (String alias : aliases()) {
      if (modes.contains(alias)) {
        String table = "d_" + alias;
        selected.add(table + ".kith_value AS " + alias);
        from.append("\n  LEFT JOIN ").append(codes()).append(" AS ").append(table);
        from.append(" ON ").append(table).append(".kith_number = m.").append(alias);
        from.append(" % ").append(SHIFT);
      } else {
        selected.add("m." + alias);
      }
    }
    return new Step(name(), Sql.select(selected, from.toString(), List.of()));
  }
}
