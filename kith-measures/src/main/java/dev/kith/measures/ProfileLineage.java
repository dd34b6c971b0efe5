package dev.kith.measures;

import dev.kith.measures.ColumnOrigin.Measured;
import dev.kith.measures.ColumnOrigin.OfColumns;
import dev.kith.measures.ProfilePlan.Existence;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.TableColumn;
import dev.kith.model.TableName;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.sql.ColumnLineage;
import dev.kith.sql.Derivation;
import dev.kith.sql.Derivation.Step;
import dev.kith.sql.Influence;
import dev.kith.sql.ParsedExpression;
import dev.kith.sql.SqlAnalyzer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What each column of a profile comes from.
 *
 * <p>A measure aggregates its expression's columns; its filter's columns decide which events count,
 * the events' time decides which are in the window, and their key whose they are. Derived columns
 * and metrics come from what the columns that they use come from. Who exists decides about the
 * rows.
 */
public final class ProfileLineage {

  private final ProfilePlan plan;
  private final Map<String, Located<String>> expressions;
  private final SqlAnalyzer analyzer;
  private final Map<String, Derivation> known = new LinkedHashMap<>();

  private ProfileLineage(
      ProfilePlan plan, Map<String, Located<String>> expressions, SqlAnalyzer analyzer) {
    this.plan = plan;
    this.expressions = expressions;
    this.analyzer = analyzer;
  }

  /**
   * The lineage of a profile.
   *
   * @param plan of the definition
   */
  public static ColumnLineage of(
      ProfileDefinition definition, ProfilePlan plan, SqlAnalyzer analyzer) {
    return of(plan, ProfileExpressions.byColumn(definition), analyzer);
  }

  /** Of a plan whose columns have these expressions, by name in lower case. */
  static ColumnLineage of(
      ProfilePlan plan, Map<String, Located<String>> expressions, SqlAnalyzer analyzer) {
    return new ProfileLineage(plan, expressions, analyzer).lineage();
  }

  private ColumnLineage lineage() {
    List<ColumnLineage.Output> columns = new ArrayList<>();
    for (OutputColumn column : plan.columns()) {
      Derivation derivation = derivation(column);
      known.put(column.name().toLowerCase(Locale.ROOT), derivation);
      columns.add(new ColumnLineage.Output(column.name(), derivation));
    }
    return new ColumnLineage(columns, existence(), List.of());
  }

  private Derivation derivation(OutputColumn column) {
    ColumnOrigin origin = column.origin();
    if (origin instanceof ColumnOrigin.Key) {
      return key();
    }
    if (origin instanceof ColumnOrigin.Attribute attribute) {
      Existence.ByHistory history = (Existence.ByHistory) plan.existence();
      return of(history.relation(), attribute.column());
    }
    if (origin instanceof Measured measured) {
      return measured(measured).by(step(column, " over " + measured.window().text()));
    }
    if (origin instanceof ColumnOrigin.Transactions transactions) {
      return transactions(transactions);
    }
    return ofColumns((OfColumns) origin, column).by(step(column, ""));
  }

  private Step step(OutputColumn column, String window) {
    Located<String> text = expressions.get(column.name().toLowerCase(Locale.ROOT));
    return new Step(column.name(), text == null ? "" : text.value().strip() + window);
  }

  private Derivation key() {
    if (plan.existence() instanceof Existence.ByHistory history) {
      return of(history.relation(), history.key());
    }
    return Derivation.all(
        ((Existence.ByEvents) plan.existence())
            .events().stream().map(events -> of(events.relation(), events.key())));
  }

  private Derivation existence() {
    if (plan.existence() instanceof Existence.ByHistory history) {
      return Stream.of(history.key(), history.validFrom().name(), history.validTo().name())
          .map(column -> of(history.relation(), column).as(Influence.FILTER))
          .reduce(Derivation.NONE, Derivation::with);
    }
    return Derivation.all(
        ((Existence.ByEvents) plan.existence())
            .events().stream()
                .map(
                    events ->
                        of(events.relation(), events.key())
                            .as(Influence.GROUP_BY)
                            .with(at(events).as(Influence.FILTER))));
  }

  private Derivation measured(Measured measured) {
    EventTable events = measured.events();
    Aggregate aggregate = measured.aggregate();
    Derivation values =
        aggregate.expression().map(sql -> ofEvent(sql, measured)).orElse(Derivation.NONE);
    Derivation filter =
        aggregate
            .filter()
            .map(sql -> ofEvent(sql, measured).as(Influence.FILTER))
            .orElse(Derivation.NONE);
    boolean ofTimes =
        aggregate instanceof Aggregate.Sessions || aggregate instanceof Aggregate.ActiveDays;
    boolean ordered =
        aggregate instanceof Aggregate.First
            || aggregate instanceof Aggregate.Last
            || aggregate instanceof Aggregate.Latest;
    return Derivation.all(
        Stream.of(
            values.with(ofTimes ? at(events) : Derivation.NONE).as(Influence.AGGREGATION),
            filter,
            ordered ? order(events) : Derivation.NONE,
            whose(events)));
  }

  private Derivation transactions(ColumnOrigin.Transactions transactions) {
    EventTable events = transactions.events();
    Derivation fields =
        Derivation.all(
            transactions.columns().stream().map(column -> of(events.relation(), column.name())));
    String step = "the latest " + transactions.latest() + " of " + events.relation();
    return Derivation.all(Stream.of(fields.as(Influence.AGGREGATION), order(events), whose(events)))
        .by(new Step("transactions", step));
  }

  /** Which events are the person's, and in the window. */
  private static Derivation whose(EventTable events) {
    return of(events.relation(), events.key())
        .as(Influence.JOIN)
        .with(at(events).as(Influence.WINDOW));
  }

  private static Derivation order(EventTable events) {
    return Derivation.all(
            Stream.concat(Stream.of(events.at()), events.order().stream())
                .map(column -> of(events.relation(), column.name())))
        .as(Influence.SORT);
  }

  private static Derivation at(EventTable events) {
    return of(events.relation(), events.at().name());
  }

  private static Derivation of(TableName relation, String column) {
    return Derivation.of(new TableColumn(relation, column));
  }

  private Derivation ofEvent(Located<String> sql, Measured measured) {
    Map<String, Derivation> columns = new LinkedHashMap<>();
    measured.reads().forEach(name -> columns.put(name, of(measured.events().relation(), name)));
    return parsed(sql).map(expression -> analyzer.derivation(expression, columns)).orElseThrow();
  }

  private Derivation ofColumns(OfColumns origin, OutputColumn column) {
    Map<String, Derivation> columns = new LinkedHashMap<>();
    origin
        .columns()
        .forEach(
            (name, meant) ->
                columns.put(
                    name, known.getOrDefault(meant.toLowerCase(Locale.ROOT), Derivation.NONE)));
    Located<String> sql =
        Optional.ofNullable(expressions.get(column.name().toLowerCase(Locale.ROOT))).orElseThrow();
    return parsed(sql).map(expression -> analyzer.derivation(expression, columns)).orElseThrow();
  }

  /** It was read before, when the profile was planned. */
  private Optional<ParsedExpression> parsed(Located<String> sql) {
    return analyzer.parseExpression(sql, new Problems());
  }
}
