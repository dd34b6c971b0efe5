package dev.kith.measures;

import dev.kith.measures.CompiledQuery.Step;
import dev.kith.model.definition.Window;
import dev.kith.model.definition.Window.Direction;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Decimal;
import dev.kith.model.type.DataType.Primitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Aggregates that read each event once and keep one value: counts, sums, extremes, quantiles.
 *
 * <p>Counts and exact sums follow by addition and subtraction; a sum of nothing is NULL, which the
 * count of its values tells. An extreme follows unless the event that held it went: then the person
 * is doubtful, if any value is left.
 */
final class Accumulation extends Family implements Incremental {

  private static final String DOUBTFUL = "kith_doubtful";

  private final Optional<Keeping> keeping;
  private final Map<String, Motion> motions = new LinkedHashMap<>();
  private Optional<String> total = Optional.empty();

  /** How a result follows; by its alias. */
  private sealed interface Motion {
    DataType type();

    record Count() implements Motion {
      @Override
      public DataType type() {
        return Primitive.BIGINT;
      }
    }

    /**
     * @param count the alias of how many values there are
     */
    record Sum(DataType type, String count) implements Motion {}

    record Extreme(DataType type, String count, boolean greatest) implements Motion {}

    /** The latest time in reach, which is kept once for all windows. */
    record LatestTime() implements Motion {
      @Override
      public DataType type() {
        return Primitive.INSTANT;
      }
    }
  }

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
    return moving(new Motion.Count(), aggregate("count(" + counted + ")", filter, window));
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
    return moving(new Motion.Sum(wide, alias(count(value, filter, window))), result);
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
        : moving(new Motion.Extreme(type, alias(count(value, filter, window)), greatest), result);
  }

  private String moving(Motion motion, String result) {
    if (keeping.isPresent()) {
      motions.put(alias(result), motion);
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
      String atAll = moving(new Motion.LatestTime(), result(key, frame -> latest));
      return window instanceof Window.Span span
          ? inside(keeping.get().frame().within(span, atAll), atAll)
          : atAll;
    }
    return result(
        key,
        window,
        frame -> {
          List<String> inside = within(frame, window, latest);
          return inside.isEmpty() ? latest : inside(inside.get(0), latest);
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
    Step step = step(frame, definitions(frame), "(" + scan(frame) + ") AS s");
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
  public List<Step> followed(Delta delta) {
    List<Step> steps = new ArrayList<>();
    steps.addAll(steps(delta.plus()));
    steps.addAll(steps(delta.minus()));
    List<String> selected = new ArrayList<>();
    selected.add(Frame.KEY);
    List<String> doubts = new ArrayList<>();
    for (String alias : aliases()) {
      selected.add(moved(alias) + " AS " + alias);
      doubt(alias, delta).ifPresent(doubts::add);
    }
    selected.add(
        doubts.isEmpty()
            ? "FALSE AS " + DOUBTFUL
            : "coalesce(" + String.join(" OR ", doubts) + ", FALSE) AS " + DOUBTFUL);
    String state =
        Sql.select(
            List.of("*"), CompiledUpdate.state(name()).quoted(), List.of(Touched.isKey(Frame.KEY)));
    String from =
        "(%s) AS o\n  FULL JOIN %s AS p USING (%s)\n  FULL JOIN %s AS m USING (%s)"
            .formatted(
                state, delta.plus().step(name()), Frame.KEY, delta.minus().step(name()), Frame.KEY);
    steps.add(new Step(followedName(), Sql.select(selected, from, List.of())));
    return steps.stream().map(Step::forgotten).toList();
  }

  private String followedName() {
    return name() + "_followed";
  }

  /** The result of now, over rows of before as {@code o}, what came as {@code p}, went as m. */
  private String moved(String alias) {
    Motion motion = motion(alias);
    if (motion instanceof Motion.Count) {
      return count(alias);
    }
    if (motion instanceof Motion.Sum sum) {
      String moved = Dialect.cast(difference(alias), sum.type().sql());
      return "CASE WHEN " + count(sum.count()) + " > 0 THEN " + moved + " END";
    }
    if (motion instanceof Motion.Extreme extreme) {
      return "CASE WHEN "
          + count(extreme.count())
          + " > 0 THEN "
          + further(alias, extreme.greatest())
          + " END";
    }
    return "CASE WHEN "
        + isLost(alias, true)
        + " THEN p.%1$s ELSE ".formatted(alias)
        + further(alias, true)
        + " END";
  }

  private static String count(String alias) {
    return "(" + difference(alias) + ")";
  }

  private static String difference(String alias) {
    return "coalesce(o.%1$s, 0) + coalesce(p.%1$s, 0) - coalesce(m.%1$s, 0)".formatted(alias);
  }

  private static String further(String alias, boolean greatest) {
    return (greatest ? "greatest" : "least") + "(o.%1$s, p.%1$s)".formatted(alias);
  }

  /** That the event with the extreme went, and nothing as extreme came. */
  private static String isLost(String alias, boolean greatest) {
    return "(m.%1$s IS NOT NULL AND (o.%1$s IS NULL OR m.%1$s %2$s o.%1$s) AND NOT coalesce(p.%1$s %2$s o.%1$s, FALSE))"
        .formatted(alias, greatest ? ">=" : "<=");
  }

  private Optional<String> doubt(String alias, Delta delta) {
    Motion motion = motion(alias);
    if (motion instanceof Motion.Extreme extreme) {
      return Optional.of(
          "(" + count(extreme.count()) + " > 0 AND " + isLost(alias, extreme.greatest()) + ")");
    }
    if (motion instanceof Motion.LatestTime) {
      List<String> doubt = new ArrayList<>();
      doubt.add(isLost(alias, true));
      doubt.addAll(delta.anew().inReach(reach(), "m." + alias));
      return Optional.of("(" + String.join(" AND ", doubt) + ")");
    }
    return Optional.empty();
  }

  @Override
  public List<String> doubtful() {
    boolean possible =
        motions.values().stream()
            .anyMatch(
                motion -> motion instanceof Motion.Extreme || motion instanceof Motion.LatestTime);
    return possible ? List.of(doubtfulKeys()) : List.of();
  }

  private String doubtfulKeys() {
    return Sql.select(List.of(Frame.KEY), followedName(), List.of(DOUBTFUL));
  }

  @Override
  public List<Step> settled(Delta delta) {
    List<String> columns = new ArrayList<>(List.of(Frame.KEY));
    columns.addAll(aliases());
    List<String> certain = new ArrayList<>(List.of("NOT " + DOUBTFUL));
    total.ifPresent(count -> certain.add(count + " > 0"));
    String followed = Sql.select(columns, followedName(), certain);
    if (doubtful().isEmpty()) {
      return List.of(new Step(name(), followed));
    }
    List<Step> steps = new ArrayList<>();
    steps(delta.anew()).forEach(step -> steps.add(step.forgotten()));
    String anew =
        Sql.select(
            columns,
            delta.anew().step(name()),
            List.of(Frame.KEY + " IN (" + doubtfulKeys() + ")"));
    steps.add(new Step(name(), followed + "\nUNION ALL " + anew));
    return steps;
  }

  @Override
  public List<StateChange> changes() {
    return List.of(StateChange.ofTouched(name()));
  }
}
