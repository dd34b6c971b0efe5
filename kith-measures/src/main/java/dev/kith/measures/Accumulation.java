package dev.kith.measures;

import dev.kith.measures.CompiledQuery.Step;
import dev.kith.model.definition.Window;
import dev.kith.model.definition.Window.Direction;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Decimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Aggregates that read each event once and keep one value: counts, sums, extremes, quantiles of
 * pairs.
 *
 * <p>Counts, exact sums and extremes can follow ({@link Motion}); where an extreme does not, its
 * person is doubtful.
 */
final class Accumulation extends Family implements Incremental {

  private static final String DOUBTFUL = "kith_doubtful";
  private static final String DOUBTFUL_BEYOND = "kith_doubtful_beyond";

  private final Optional<Keeping> keeping;

  /** How results follow, by their aliases. */
  private final Map<String, Motion> motions = new LinkedHashMap<>();

  /** The aliases of results over all times. */
  private final Set<String> ofAll = new HashSet<>();

  /** The alias of how many events there are, where rows name everybody who has any. */
  private Optional<String> total = Optional.empty();

  /**
   * @param keeping there if all results can follow and shall
   */
  Accumulation(String name, EventTable events, Direction direction, Optional<Keeping> keeping) {
    super(name, events, direction, Optional.empty());
    this.keeping = keeping;
  }

  /** Makes the rows name everybody with an event before the instant. */
  void includeEverybody() {
    reach().include(new Window.Ever());
    if (keeping.isPresent()) {
      total = Optional.of(alias(count("*", Optional.empty(), new Window.Ever())));
    }
  }

  /** {@code aggregate} over a window's events for which the filter holds. */
  String aggregate(String aggregate, Optional<String> filter, Window window) {
    Optional<String> condition = filter.map(columns()::name);
    return result(
        aggregate + condition.orElse(""),
        window,
        frame -> aggregate + Sql.filter(conditions(frame, condition, window)));
  }

  private List<String> conditions(Frame frame, Optional<String> condition, Window window) {
    List<String> conditions = new ArrayList<>(condition.stream().toList());
    conditions.addAll(within(frame, window, Frame.AT));
    return conditions;
  }

  /**
   * @param counted a column whose values are counted, or {@code *}
   */
  String count(String counted, Optional<String> filter, Window window) {
    return moving(new Motion.Count(), aggregate("count(" + counted + ")", filter, window), window);
  }

  /**
   * @param type of the values
   */
  String sum(String value, DataType type, Optional<String> filter, Window window) {
    String sum = "sum(" + value + ")";
    if (keeping.isEmpty()) {
      return aggregate(sum, filter, window);
    }
    Decimal wide = new Decimal(38, type instanceof Decimal decimal ? decimal.scale() : 0);
    Optional<String> condition = filter.map(columns()::name);
    String result =
        result(
            sum + condition.orElse(""),
            window,
            frame ->
                Dialect.cast(sum + Sql.filter(conditions(frame, condition, window)), wide.sql()));
    return moving(new Motion.Sum(wide, alias(count(value, filter, window))), result, window);
  }

  /**
   * The least or greatest value.
   *
   * @param type of the values
   */
  String extreme(
      boolean greatest, String value, DataType type, Optional<String> filter, Window window) {
    String extreme = (greatest ? "max(" : "min(") + value + ")";
    String result = aggregate(extreme, filter, window);
    return keeping.isEmpty()
        ? result
        : moving(
            new Motion.Extreme(type, alias(count(value, filter, window)), greatest),
            result,
            window);
  }

  private String moving(Motion motion, String result, Window window) {
    if (keeping.isPresent()) {
      motions.put(alias(result), motion);
      if (window instanceof Window.Ever) {
        ofAll.add(alias(result));
      }
    }
    return result;
  }

  /** The latest time in a window that looks back: the latest at all, if that is in the window. */
  String latestTime(Optional<String> filter, Window window) {
    Optional<String> condition = filter.map(columns()::name);
    String latest = "max(" + Frame.AT + ")" + Sql.filter(condition.stream().toList());
    String key = "latest time" + condition.orElse("");
    if (keeping.isPresent()) {
      reach().include(window);
      String atAll = moving(new Motion.LatestTime(), result(key, frame -> latest), window);
      return window instanceof Window.Span span
          ? inside(keeping.get().frame().within(span, atAll), atAll)
          : atAll;
    }
    return result(
        key,
        window,
        frame ->
            window instanceof Window.Span span && !reach().isAll(window)
                ? inside(frame.groupWithin(span, latest), latest)
                : latest);
  }

  /**
   * How many different values an expression has in a window: as many as events that are the first
   * with their value there.
   */
  String countFirsts(PairsFrame pairs, String expression, Optional<String> filter, Window window) {
    String before = pairs.before(events(), expression, filter);
    return result(
        "firsts by " + before,
        window,
        frame -> {
          List<String> conditions = new ArrayList<>(within(frame, window, Frame.AT));
          conditions.add(pairs.isOutside(window, before));
          return "count(*)" + Sql.filter(conditions);
        });
  }

  private static String inside(String condition, String time) {
    return "CASE WHEN " + condition + " THEN " + time + " END";
  }

  @Override
  boolean follows() {
    return keeping.isPresent();
  }

  @Override
  List<Step> steps(Frame frame) {
    Step step = new Step(frame.step(name()), accumulated(frame));
    return List.of(keeping.map(kept -> step.keeping(kept.schema(types()))).orElse(step));
  }

  private Map<String, DataType> types() {
    Map<String, DataType> types = new LinkedHashMap<>();
    aliases().forEach(alias -> types.put(alias, motion(alias).type()));
    return types;
  }

  private Motion motion(String alias) {
    Motion motion = motions.get(alias);
    if (motion == null) {
      throw new IllegalStateException("Cannot keep a result that does not follow: " + alias);
    }
    return motion;
  }

  @Override
  public List<Step> restored() {
    return List.of(); // which the kept rows are
  }

  @Override
  public List<Step> followed(Delta delta) {
    if (doubtful().isEmpty()) {
      return List.of();
    }
    List<String> flags = new ArrayList<>(List.of(doubt(aliases(), delta) + " AS " + DOUBTFUL));
    if (reach().isUnbounded()) {
      List<String> beyond = aliases().stream().filter(this::isOfAll).toList();
      flags.add(doubt(beyond, delta) + " AS " + DOUBTFUL_BEYOND);
    }
    return List.of(new Step(followedName(), followed(delta, flags)));
  }

  private String doubt(List<String> aliases, Delta delta) {
    List<String> doubts = new ArrayList<>();
    for (String alias : aliases) {
      motion(alias)
          .doubt(alias, time -> delta.anew().inReach(reach(), time))
          .ifPresent(doubts::add);
    }
    return doubts.isEmpty() ? "FALSE" : "coalesce(" + String.join(" OR ", doubts) + ", FALSE)";
  }

  /** Whether a result is made of events that may lie before all windows that begin at some time. */
  private boolean isOfAll(String alias) {
    return ofAll.contains(alias)
        || (reach().isUnbounded() && motion(alias) instanceof Motion.LatestTime);
  }

  /**
   * The results of touched people, where they follow.
   *
   * @param more that is selected
   */
  private String followed(Delta delta, List<String> more) {
    List<String> selected = new ArrayList<>(List.of(Frame.KEY));
    aliases().forEach(alias -> selected.add(motion(alias).moved(alias) + " AS " + alias));
    selected.addAll(more);
    String state =
        Sql.select(
            List.of("*"), CompiledUpdate.state(name()).quoted(), List.of(Touched.isKey(Frame.KEY)));
    String from =
        "(%s) AS o\n  FULL JOIN (%s) AS p USING (%s)\n  FULL JOIN (%s) AS m USING (%s)"
            .formatted(
                state, accumulated(delta.plus()), Frame.KEY, accumulated(delta.minus()), Frame.KEY);
    return Sql.select(selected, from, List.of());
  }

  private String accumulated(Frame frame) {
    return step(frame, definitions(frame), "(" + scan(frame) + ") AS s").sql();
  }

  private String followedName() {
    return name() + "_followed";
  }

  @Override
  public List<String> doubtful() {
    boolean possible =
        motions.entrySet().stream()
            .anyMatch(e -> e.getValue().doubt(e.getKey(), time -> List.of()).isPresent());
    return possible ? List.of(doubtfulKeys(DOUBTFUL)) : List.of();
  }

  @Override
  public List<String> doubtfulBeyond() {
    return reach().isUnbounded() && !doubtful().isEmpty()
        ? List.of(doubtfulKeys(DOUBTFUL_BEYOND))
        : List.of();
  }

  private String doubtfulKeys(String flag) {
    return Sql.select(List.of(Frame.KEY), followedName(), List.of(flag));
  }

  @Override
  public List<Step> settled(Delta delta) {
    List<String> columns = new ArrayList<>(List.of(Frame.KEY));
    columns.addAll(aliases());
    List<String> certain = new ArrayList<>();
    total.ifPresent(count -> certain.add(count + " > 0"));
    if (doubtful().isEmpty()) {
      String followed = "(" + followed(delta, List.of()) + ") AS f";
      return List.of(new Step(name(), Sql.select(columns, followed, certain)));
    }
    certain.add("NOT " + DOUBTFUL);
    List<String> parts = new ArrayList<>();
    parts.add(Sql.select(columns, followedName(), certain));
    String anew = "(" + accumulated(delta.anew()) + ") AS a";
    if (reach().isUnbounded()) {
      parts.add(nearAnew(anew));
    }
    String flag = reach().isUnbounded() ? DOUBTFUL_BEYOND : DOUBTFUL;
    parts.add(Sql.select(columns, anew, List.of(Frame.KEY + " IN (" + doubtfulKeys(flag) + ")")));
    return List.of(new Step(name(), String.join("\nUNION ALL ", parts)));
  }

  /**
   * The results of people whose doubtful ones are of windows that begin at some time: they have
   * events there, and those before follow.
   */
  private String nearAnew(String anew) {
    List<String> selected = new ArrayList<>(List.of(Frame.KEY));
    aliases()
        .forEach(alias -> selected.add((isOfAll(alias) ? "f." : "a.") + alias + " AS " + alias));
    return Sql.select(
        selected,
        followedName() + " AS f JOIN " + anew + " USING (" + Frame.KEY + ")",
        List.of("f." + DOUBTFUL, "NOT f." + DOUBTFUL_BEYOND));
  }

  @Override
  public List<StateChange> changes(Delta delta) {
    return List.of(StateChange.ofPeople(name(), delta.moved().apply(events())));
  }
}
