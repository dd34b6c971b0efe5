package dev.kith.measures;

import dev.kith.measures.DatasetPlan.Label;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.TableName;
import dev.kith.model.definition.DatasetDefinition;
import dev.kith.model.definition.DatasetDefinition.LabelBlock;
import dev.kith.model.type.Column;
import dev.kith.sql.SqlAnalyzer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks a dataset's labels against the tables they read, and puts them beside the features.
 *
 * <p>The features are taken to be columns of the profile, and names to be unique; the project's
 * reader has seen to that.
 */
public final class DatasetPlanner {

  private final DatasetDefinition dataset;
  private final ProfilePlan profile;
  private final Function<TableName, Optional<InputTable>> inputs;
  private final Problems problems;
  private final Expressions expressions;
  private final EventTables eventTables;
  private final List<OutputColumn> labelled = new ArrayList<>();
  private final List<Label> labels = new ArrayList<>();
  private boolean complete = true;

  private DatasetPlanner(
      DatasetDefinition dataset,
      ProfilePlan profile,
      Function<TableName, Optional<InputTable>> inputs,
      SqlAnalyzer analyzer,
      Problems problems) {
    this.dataset = dataset;
    this.profile = profile;
    this.inputs = inputs;
    this.problems = problems;
    this.expressions = new Expressions(analyzer, problems);
    this.eventTables = new EventTables(problems);
  }

  /**
   * The plan, or nothing if the labels have errors, which are added to the problems, or if a table
   * that they read is not known.
   *
   * @param profile the plan of the dataset's profile
   */
  public static Optional<DatasetPlan> plan(
      DatasetDefinition dataset,
      ProfilePlan profile,
      Function<TableName, Optional<InputTable>> inputs,
      SqlAnalyzer analyzer,
      Problems problems) {
    Problems found = new Problems();
    DatasetPlanner planner = new DatasetPlanner(dataset, profile, inputs, analyzer, found);
    dataset.labels().forEach(planner::block);
    problems.addAll(found.all());
    return found.hasErrors() || !planner.complete ? Optional.empty() : Optional.of(planner.plan());
  }

  private void block(LabelBlock labelBlock) {
    Located<TableName> from = labelBlock.measures().from();
    Optional<InputTable> table = inputs.apply(from.value());
    complete &= table.isPresent();
    Located<String> key =
        labelBlock.measures().on().orElse(new Located<>(profile.key().name(), from.span()));
    Optional<EventTable> events =
        table.flatMap(input -> eventTables.of(input, from, key, Optional.of(profile.key().type())));
    if (events.isEmpty()) {
      return;
    }
    List<OutputColumn> planned =
        new BlockPlanner(
                labelBlock.measures(),
                events.get(),
                table.orElseThrow().schema(),
                expressions,
                problems)
            .plan();
    for (OutputColumn column : planned) {
      labelled.add(column);
      labels.add(new Label(column.name(), events.get(), labelBlock.completeUntil()));
    }
  }

  private DatasetPlan plan() {
    List<Column> columns = new ArrayList<>(features());
    ProfilePlan features = profile.selecting(columns.stream().map(Column::name).toList());
    List<OutputColumn> all = new ArrayList<>(features.columns());
    all.addAll(labelled);
    labelled.forEach(column -> columns.add(column.column()));
    return new DatasetPlan(
        new ProfilePlan(dataset.name(), profile.existence(), all), columns, labels);
  }

  private List<Column> features() {
    List<String> except =
        dataset.except().stream().map(name -> name.value().toLowerCase(Locale.ROOT)).toList();
    List<Column> candidates =
        dataset.features().isEmpty()
            ? profile.schema().columns().subList(1, profile.columns().size())
            : dataset.features().stream()
                .distinct()
                .map(name -> profile.schema().column(name.value()).orElseThrow())
                .toList();
    return candidates.stream()
        .filter(column -> !except.contains(column.name().toLowerCase(Locale.ROOT)))
        .toList();
  }
}
