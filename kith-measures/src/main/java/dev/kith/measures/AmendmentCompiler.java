package dev.kith.measures;

import dev.kith.measures.ColumnOrigin.OfColumns;
import dev.kith.measures.CompiledQuery.Step;
import dev.kith.measures.ProfilePlan.Existence.ByHistory;
import dev.kith.model.TableName;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Computes columns that are new or have changed beside those that a profile has already.
 *
 * <p>Where the same people exist at the same instant, a column of the same meaning has the same
 * values; so a changed measure needs the families of results that it is made of and no others, and
 * is joined to the rows as they are. Columns that are made from other columns need no events: they
 * are expressions over the row.
 */
public final class AmendmentCompiler {

  private final ProfilePlan plan;
  private final Set<String> taken;
  private final SingleFrame frame;
  private final Families families;
  private final Set<String> kept;

  /**
   * @param families with nothing in them, or with all that the plan asks for
   */
  private AmendmentCompiler(
      ProfilePlan plan,
      Collection<String> taken,
      SingleFrame frame,
      Families families,
      Set<String> kept) {
    this.plan = plan;
    this.taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    this.taken.addAll(taken);
    this.taken.add(plan.key().name());
    this.frame = frame;
    this.families = families;
    this.kept = kept;
  }

  /**
   * The rows of everybody. If there is state, the next update can go on from it as well: what is
   * kept already is read instead of events, and what is not is made, whether or not a column needs
   * it now.
   *
   * @param taken the columns whose values are taken from {@link CompiledUpdate#BEFORE}, which has
   *     the rows of exactly those people who exist
   * @param kept the names of each {@link KeptStep} whose rows are there as they are at the instant,
   *     bound under these names and as {@link CompiledUpdate#state}; if there are none, no step is
   *     marked to be kept
   * @param instant that these rows are of
   * @param zone the project's, in which windows of days and longer begin
   */
  public static CompiledAmendment compile(
      ProfilePlan plan, Collection<String> taken, Set<String> kept, Instant instant, ZoneId zone) {
    Families families =
        kept.isEmpty()
            ? Families.ofEverybody(Optional.empty())
            : AsOfCompiler.inParts(plan, instant, zone).families();
    return new AmendmentCompiler(plan, taken, new SingleFrame(instant, zone), families, kept)
        .compile();
  }

  private CompiledAmendment compile() {
    List<OutputColumn> computed = plan.columns().stream().filter(this::isBase).toList();
    BaseColumns base = new BaseColumns(families, computed);
    List<String> expressions = new ArrayList<>();
    Set<Family> used =
        families.askedBy(
            () -> {
              for (OutputColumn column : plan.columns()) {
                if (isTaken(column)) {
                  expressions.add("b." + column.column().quotedName());
                } else if (isBase(column)) {
                  expressions.add(base.expression(column));
                }
              }
            });
    Set<TableName> inputs = new LinkedHashSet<>();
    List<Step> steps = new ArrayList<>();
    List<String> joined = new ArrayList<>();
    for (Family family : families.all()) {
      if (used.contains(family)) {
        joined.add(family.name());
      }
      if (family instanceof Incremental incremental && isKept(family)) {
        steps.addAll(used.contains(family) ? incremental.restored() : List.of());
      } else if (family.follows() || used.contains(family)) {
        steps.addAll(family.steps(frame));
        inputs.add(family.events().relation());
      }
    }
    if (computed.stream().anyMatch(AmendmentCompiler::isAttribute)) {
      inputs.add(((ByHistory) plan.existence()).relation());
    }
    String sql =
        new Layers(plan.columns(), column -> !isTaken(column) && !isBase(column))
            .query(expressions, from(computed, joined), frame.asOf(), Optional.empty());
    return new CompiledAmendment(inputs, new CompiledQuery(steps, sql));
  }

  private boolean isKept(Family family) {
    return family.follows()
        && family.steps(frame).stream()
            .filter(step -> step.state().isPresent())
            .allMatch(step -> kept.contains(step.name()));
  }

  private boolean isTaken(OutputColumn column) {
    return taken.contains(column.name());
  }

  private boolean isBase(OutputColumn column) {
    return !isTaken(column) && !(column.origin() instanceof OfColumns);
  }

  private String from(List<OutputColumn> computed, List<String> joined) {
    List<String> before = new ArrayList<>();
    before.add(plan.key().quotedName() + " AS " + Frame.KEY);
    plan.columns().stream()
        .filter(this::isTaken)
        .forEach(column -> before.add(column.column().quotedName()));
    String from = "(" + Sql.select(before, CompiledUpdate.BEFORE.quoted(), List.of()) + ") AS b";
    if (computed.stream().anyMatch(AmendmentCompiler::isAttribute)) {
      ProfilePlan shown = plan.selecting(computed.stream().map(OutputColumn::name).toList());
      String valid = SingleSpine.valid(shown, (ByHistory) plan.existence(), frame);
      from += "\n  LEFT JOIN (" + valid + ") AS p USING (" + Frame.KEY + ")";
    }
    return from + SingleSpine.joins("LEFT", joined);
  }

  private static boolean isAttribute(OutputColumn column) {
    return column.origin() instanceof ColumnOrigin.Attribute;
  }
}
