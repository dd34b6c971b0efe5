package dev.kith.measures;

import dev.kith.measures.CompiledQuery.Step;
import dev.kith.measures.ProfilePlan.Existence;
import dev.kith.model.definition.Knowledge;
import dev.kith.model.definition.Window.Direction;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers (person, instant) pairs x columns of a profile, as SQL.
 *
 * <p>Results that can share a scan of the events are gathered into families ({@link Family}); each
 * family becomes a small table with a row per person, and all are joined at the end. Nothing is
 * aggregated once per window: a value's nearest event tells in which windows it is, counts per
 * value serve modes, tops and histograms, and a time found first spares ordering all events. So the
 * cost is that of a few scans and groupings, whatever the number of windows and measures.
 */
public final class AsOfCompiler {

  private final ProfilePlan plan;
  private final Instants instants;
  private final ZoneId zone;
  private final Families families;
  private final Layers layers;

  private AsOfCompiler(ProfilePlan plan, Instants instants, ZoneId zone, Families families) {
    this.plan = plan;
    this.instants = instants;
    this.zone = zone;
    this.families = families;
    this.layers = new Layers(plan.columns());
  }

  private static AsOfCompiler ofEverybody(
      ProfilePlan plan, Instants.Single instant, ZoneId zone, boolean keeping) {
    Optional<Keeping> kept =
        keeping
            ? Optional.of(new Keeping(plan.key().type(), new SingleFrame(instant.at(), zone)))
            : Optional.empty();
    return new AsOfCompiler(plan, instant, zone, Families.ofEverybody(kept));
  }

  /**
   * For {@link Instants.Single}, a row per person who exists then. For {@link Instants.Pairs}, a
   * row per different pair: the plan's columns, then {@code as_of} and {@code exists}; where that
   * is false, the columns other than the key are NULL.
   *
   * @param zone the project's, in which windows of days and longer begin
   */
  public static CompiledQuery compile(ProfilePlan plan, Instants instants, ZoneId zone) {
    return instants instanceof Instants.Pairs pairs
        ? compile(plan, pairs, zone, Map.of(), List.of()).together()
        : ofEverybody(plan, (Instants.Single) instants, zone, false).single();
  }

  /**
   * As {@link #compile(ProfilePlan, Instants, ZoneId)} for everybody, where steps have rows that
   * are worth keeping: {@link DeltaCompiler} starts from them.
   */
  public static CompiledQuery compileKeeping(
      ProfilePlan plan, Instants.Single instant, ZoneId zone) {
    return ofEverybody(plan, instant, zone, true).single();
  }

  /** The same in its parts, for those who make the families' rows in other ways. */
  static InParts inParts(ProfilePlan plan, Instant instant, ZoneId zone) {
    AsOfCompiler compiler = ofEverybody(plan, new Instants.Single(instant), zone, true);
    String answer = compiler.single().sql();
    return new InParts(compiler.families, answer);
  }

  /**
   * @param answer a query over the rows of the families
   */
  record InParts(Families families, String answer) {}

  /**
   * As {@link #compile(ProfilePlan, Instants, ZoneId)} for pairs, where columns of windows ahead
   * are NULL if the window ends after their events are known.
   *
   * @param completeUntil by the name of the column, in lower case; the events of other columns are
   *     all known
   * @param copies that are bound in the place of events
   */
  public static PairsQuery compile(
      ProfilePlan plan,
      Instants.Pairs pairs,
      ZoneId zone,
      Map<String, Instant> completeUntil,
      Collection<StandingCopy> copies) {
    PairsFrame frame = new PairsFrame(pairs, plan.spans(), copies);
    PairsQuery answer = new AsOfCompiler(plan, pairs, zone, Families.of(frame)).pairs(frame);
    return new PairsQuery(
        answer.once(),
        answer.gathering(),
        answer.steps(),
        new FinishedWindows(plan, completeUntil).around(answer.sql(), pairs));
  }

  /** The expressions whose value's event before pairs ask for, by table. */
  static Map<EventTable, List<String>> valuesBefore(ProfilePlan plan) {
    Instants.Pairs pairs = new Instants.Pairs("pairs", "key", "at", "bounds", Knowledge.NOW);
    PairsFrame frame = new PairsFrame(pairs, plan.spans(), List.of());
    new AsOfCompiler(plan, pairs, ZoneOffset.UTC, Families.of(frame)).pairs(frame);
    return frame.valuesBefore();
  }

  private PairsQuery pairs(PairsFrame frame) {
    List<String> base = baseColumns();
    PairsSpine spine = new PairsSpine(plan, frame);
    List<Step> steps = new ArrayList<>(frame.steps());
    steps.add(spine.step());
    steps.addAll(families.steps(frame));
    String sql = layers.query(base, spine.from(families.names()), frame.asOf(), spine.exists());
    return new PairsQuery(frame.once(), frame.gathering(), steps, sql);
  }

  private CompiledQuery single() {
    List<String> base = baseColumns();
    SingleFrame frame = new SingleFrame(((Instants.Single) instants).at(), zone);
    SingleSpine spine = new SingleSpine(plan, frame, families);
    List<Step> steps = families.steps(frame);
    return new CompiledQuery(
        steps, layers.query(base, spine.from(), frame.asOf(), Optional.empty()));
  }

  /** Expressions for the columns that are not made from other columns, in order. */
  private List<String> baseColumns() {
    if (plan.existence() instanceof Existence.ByEvents byEvents
        && instants instanceof Instants.Single) {
      byEvents
          .events()
          .forEach(
              events -> families.accumulation(events, Direction.BACK, true).includeEverybody());
    }
    BaseColumns base = new BaseColumns(families, plan.columns());
    return plan.columns().stream()
        .filter(column -> !(column.origin() instanceof ColumnOrigin.OfColumns))
        .map(base::expression)
        .toList();
  }
}
