package dev.kith.measures;

import dev.kith.measures.CompiledQuery.Step;
import dev.kith.model.definition.Window;
import dev.kith.model.definition.Window.Direction;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The families of a query: each is made when first asked for, and shared from then on. */
final class Families {

  private final Map<List<Object>, Family> families = new LinkedHashMap<>();
  private final Optional<Keeping> keeping;
  private final Optional<PairsFrame> pairs;
  private final Set<Family> asked = new HashSet<>();

  private Families(Optional<Keeping> keeping, Optional<PairsFrame> pairs) {
    this.keeping = keeping;
    this.pairs = pairs;
  }

  /**
   * @param keeping there if results that can follow from their state shall
   */
  static Families ofEverybody(Optional<Keeping> keeping) {
    return new Families(keeping, Optional.empty());
  }

  static Families of(PairsFrame pairs) {
    return new Families(Optional.empty(), Optional.of(pairs));
  }

  /**
   * @param follows whether its results can follow from what they were
   */
  Accumulation accumulation(EventTable events, Direction direction, boolean follows) {
    Optional<Keeping> kept = keeping.filter(keep -> follows && direction == Direction.BACK);
    return (Accumulation)
        family(
            List.of("accumulation", events, direction, kept.isPresent()),
            name -> new Accumulation(name, events, direction, kept));
  }

  /** How many different values there are in a window. */
  String countDistinct(
      EventTable events, Optional<String> filter, String expression, DataType type, Window window) {
    Direction direction = Reach.direction(window);
    if (pairs.isPresent() && pairs.get().knowsAll(direction)) {
      return accumulation(events, direction, false)
          .countFirsts(pairs.get(), expression, filter, window);
    }
    Distinctness distinctness =
        (Distinctness)
            family(
                List.of("distinctness", events, direction, filter, expression),
                name ->
                    new Distinctness(
                        name,
                        events,
                        direction,
                        filter,
                        expression,
                        type,
                        keeping(direction, type)));
    return distinctness.count(window);
  }

  Tally tally(
      EventTable events,
      Direction direction,
      Optional<String> filter,
      String expression,
      DataType type) {
    return (Tally)
        family(
            tallyKey(events, direction, filter, expression),
            name ->
                new Tally(
                    name, events, direction, filter, expression, type, keeping(direction, type)));
  }

  private Optional<Keeping> keeping(Direction direction, DataType values) {
    return keeping.filter(keep -> direction == Direction.BACK && !values.isNested());
  }

  /** The tally, if something has asked for it. */
  Optional<Tally> existingTally(
      EventTable events, Direction direction, Optional<String> filter, String expression) {
    return Optional.ofNullable(
        (Tally) families.get(tallyKey(events, direction, filter, expression)));
  }

  private static List<Object> tallyKey(
      EventTable events, Direction direction, Optional<String> filter, String expression) {
    return List.of("tally", events, direction, filter, expression);
  }

  Extremity extremity(
      EventTable events,
      Direction direction,
      Optional<String> filter,
      String expression,
      boolean last) {
    return (Extremity)
        family(
            List.of("extremity", events, direction, filter, expression, last),
            name -> new Extremity(name, events, direction, filter, expression, last));
  }

  Newest newestValues(
      EventTable events,
      Direction direction,
      Optional<String> filter,
      String expression,
      boolean ordered) {
    return (Newest)
        family(
            List.of("newest", events, direction, filter, expression),
            name -> Newest.values(name, events, direction, filter, expression, ordered));
  }

  Newest newestRows(EventTable events, List<Column> fields) {
    return (Newest)
        family(List.of("rows", events, fields), name -> Newest.rows(name, events, fields));
  }

  Gaps gaps(EventTable events, Direction direction, Optional<String> filter) {
    return (Gaps)
        family(
            List.of("gaps", events, direction, filter),
            name -> new Gaps(name, events, direction, filter));
  }

  /** A quantile of a number; pairs are few enough at a time to be accumulated in any order. */
  String quantile(
      EventTable events,
      Direction direction,
      String expression,
      double fraction,
      Optional<String> filter,
      Window window) {
    if (pairs.isPresent()) {
      Accumulation accumulation = accumulation(events, direction, false);
      String value = accumulation.columns().name(expression);
      return accumulation.aggregate(Dialect.quantile(value, fraction), filter, window);
    }
    Quantiles quantiles =
        (Quantiles)
            family(
                List.of("quantiles", events, direction),
                name -> new Quantiles(name, events, direction));
    return quantiles.quantile(expression, fraction, filter, window);
  }

  private Family family(List<Object> key, Function<String, Family> make) {
    Family family = families.computeIfAbsent(key, k -> make.apply("kith_" + (families.size() + 1)));
    asked.add(family);
    return family;
  }

  /** Those of which something is asked for meanwhile. */
  Set<Family> askedBy(Runnable asking) {
    asked.clear();
    asking.run();
    return Set.copyOf(asked);
  }

  List<Family> all() {
    return List.copyOf(families.values());
  }

  /** Those whose results follow, in order. */
  List<Incremental> incremental() {
    return families.values().stream().filter(Family::follows).map(Incremental.class::cast).toList();
  }

  /** Those that have to be computed anew. */
  List<Family> others() {
    return families.values().stream().filter(family -> !family.follows()).toList();
  }

  List<String> names() {
    return families.values().stream().map(Family::name).toList();
  }

  List<Step> steps(Frame frame) {
    List<Step> steps = new ArrayList<>();
    families.values().forEach(family -> steps.addAll(family.steps(frame)));
    return steps;
  }
}
