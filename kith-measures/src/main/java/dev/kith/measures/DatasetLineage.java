package dev.kith.measures;

import dev.kith.model.Located;
import dev.kith.model.TableColumn;
import dev.kith.model.TableName;
import dev.kith.model.definition.DatasetDefinition;
import dev.kith.model.definition.Knowledge;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.model.type.Column;
import dev.kith.sql.ColumnLineage;
import dev.kith.sql.Derivation;
import dev.kith.sql.Influence;
import dev.kith.sql.SqlAnalyzer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What each column of a dataset comes from.
 *
 * <p>Its rows pass through. Features and labels come from what the columns of a profile come from;
 * a row's key decides whose events count, its instant which of them, and who exists whether there
 * is an answer at all.
 */
public final class DatasetLineage {

  private final DatasetDefinition dataset;
  private final DatasetPlan plan;
  private final Map<String, Derivation> given = new LinkedHashMap<>();
  private final Map<String, Derivation> answers = new LinkedHashMap<>();

  private DatasetLineage(DatasetDefinition dataset, DatasetPlan plan) {
    this.dataset = dataset;
    this.plan = plan;
  }

  /**
   * The lineage of a dataset.
   *
   * @param profile of the dataset
   * @param rows the lineage of its rows
   */
  public static ColumnLineage of(
      DatasetDefinition dataset,
      ProfileDefinition profile,
      DatasetPlan plan,
      ColumnLineage rows,
      SqlAnalyzer analyzer) {
    Map<String, Located<String>> expressions =
        new LinkedHashMap<>(ProfileExpressions.byColumn(profile));
    expressions.putAll(ProfileExpressions.byColumn(dataset));
    ColumnLineage people = ProfileLineage.of(plan.plan(), expressions, analyzer);
    DatasetLineage lineage = new DatasetLineage(dataset, plan);
    put(rows, lineage.given);
    put(people, lineage.answers);
    return lineage.lineage(rows, people.rows());
  }

  private static void put(ColumnLineage lineage, Map<String, Derivation> byName) {
    lineage.columns().forEach(output -> byName.put(lower(output.name()), output.derivation()));
  }

  private ColumnLineage lineage(ColumnLineage rows, Derivation existence) {
    Derivation asked = asked().with(existence).with(known());
    List<ColumnLineage.Output> columns = new ArrayList<>(rows.columns());
    columns.add(new ColumnLineage.Output(DatasetPlan.EXISTS, asked));
    for (Column column : plan.columns()) {
      Derivation answer = answers.getOrDefault(lower(column.name()), Derivation.NONE);
      columns.add(new ColumnLineage.Output(column.name(), answer.with(asked)));
    }
    return new ColumnLineage(columns, rows.rows(), rows.unclear());
  }

  /** Who is meant, and when. */
  private Derivation asked() {
    return given(plan.plan().key().name())
        .as(Influence.JOIN)
        .with(given(dataset.at().value()).as(Influence.WINDOW));
  }

  private Derivation given(String column) {
    return given.getOrDefault(lower(column), Derivation.NONE);
  }

  /** When rows were ingested, where that decides whether they count. */
  private Derivation known() {
    return dataset.known() == Knowledge.NOW
        ? Derivation.NONE
        : Derivation.all(plan.features().inputs().stream().map(DatasetLineage::ingestion));
  }

  private static Derivation ingestion(TableName relation) {
    return Derivation.of(new TableColumn(relation, Knowledge.INGESTED_AT)).as(Influence.FILTER);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
