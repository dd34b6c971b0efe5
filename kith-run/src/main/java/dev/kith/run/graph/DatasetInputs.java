package dev.kith.run.graph;

import dev.kith.model.Located;
import dev.kith.model.TableName;
import dev.kith.model.definition.DatasetDefinition;
import dev.kith.sql.ParsedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What has to be understood before a dataset is. */
final class DatasetInputs {

  private DatasetInputs() {}

  /**
   * @param rows the query of its rows, if they are not in a file
   */
  static List<Located<TableName>> of(DatasetDefinition dataset, Optional<ParsedQuery> rows) {
    List<Located<TableName>> names = new ArrayList<>();
    rows.ifPresent(query -> names.addAll(query.references()));
    names.add(dataset.profile());
    dataset.labels().forEach(labels -> names.add(labels.measures().from()));
    return names;
  }
}
