package dev.kith.measures;

import dev.kith.measures.ColumnOrigin.OfColumns;
import dev.kith.measures.CompiledQuery.Step;
import dev.kith.measures.ProfilePlan.Existence.ByHistory;
import dev.kith.model.TableName;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
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
  private final Families families = Families.ofEverybody(Optional.empty());

  private AmendmentCompiler(
      ProfilePlan plan, Collection<String> taken, Instant instant, ZoneId zone) {
    this.plan = plan;
    this.taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    this.taken.addAll(taken);
    this.taken.add(plan.key().name());
    this.frame = new SingleFrame(instant, zone);
  }

  /**
   * The rows of everybody.
   *
   * @param taken the columns whose values are taken from {@link CompiledUpdate#BEFORE}, which has
   *     the rows of exactly those people who exist
   * @param instant that these rows are of
   * @param zone the project's, in which windows of days and longer begin
   */
  public static CompiledAmendment compile(
      ProfilePlan plan, Collection<String> taken, Instant instant, ZoneId zone) {
    return new AmendmentCompiler(plan, taken, instant, zone).compile();
  }

  /** The relations of which columns are computed, if the others are taken. */
  public static Set<TableName> inputs(ProfilePlan plan, Collection<String> taken) {
    return compile(plan, taken, Instant.EPOCH, ZoneOffset.UTC).inputs();
  }

  private CompiledAmendment compile() {
    List<OutputColumn> computed = plan.columns().stream().filter(this::isBase).toList();
    BaseColumns base = new BaseColumns(families, computed);
    List<String> expressions = new ArrayList<>();
    for (OutputColumn column : plan.columns()) {
      if (isTaken(column)) {
        expressions.add("b." + column.column().quotedName());
      } else if (isBase(column)) {
        expressions.add(base.expression(column));
      }
    }
    List<Step> steps = families.steps(frame);
    String sql =
        new Layers(plan.columns(), column -> !isTaken(column) && !isBase(column))
            .query(expressions, from(computed), frame.asOf(), Optional.empty());
    return new CompiledAmendment(inputs(computed), new CompiledQuery(steps, sql));
  }

  private boolean isTaken(OutputColumn column) {
    return taken.contains(column.name());
  }

  private boolean isBase(OutputColumn column) {
    return !isTaken(column) && !(column.origin() instanceof OfColumns);
  }

  private String from(List<OutputColumn> computed) {
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
    return from + SingleSpine.joins("LEFT", families.names());
  }

  private Set<TableName> inputs(List<OutputColumn> computed) {
    Set<TableName> inputs = new LinkedHashSet<>();
    for (OutputColumn column : computed) {
      if (column.origin() instanceof ColumnOrigin.Measured measured) {
        inputs.add(measured.events().relation());
      } else if (column.origin() instanceof ColumnOrigin.Transactions transactions) {
        inputs.add(transactions.events().relation());
      } else if (isAttribute(column)) {
        inputs.add(((ByHistory) plan.existence()).relation());
      }
    }
    return inputs;
  }

  private static boolean isAttribute(OutputColumn column) {
    return column.origin() instanceof ColumnOrigin.Attribute;
  }
}
