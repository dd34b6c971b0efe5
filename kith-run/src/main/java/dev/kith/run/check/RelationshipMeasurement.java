package dev.kith.run.check;

import dev.kith.model.TableName;
import dev.kith.model.definition.Expectation;
import dev.kith.model.type.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The values of some columns exist in another table. */
final class RelationshipMeasurement implements Measurement {

  private final Measuring measuring;
  private final Expectation.Relationship relationship;
  private final int all;

  RelationshipMeasurement(Measuring measuring, Expectation.Relationship relationship) {
    this.measuring = measuring;
    this.relationship = relationship;
    this.all = measuring.scan().ask("count(*)");
  }

  @Override
  public Finding take() {
    TableName to = relationship.to().value();
    if (!to.equals(measuring.table().name())) {
      measuring.building().bindWhole(measuring.session(), to, Set.of());
    }
    List<Column> columns = measuring.columns(relationship.columns());
    String orphans = " FROM " + measuring.from() + " AS t WHERE " + orphan(columns, to);
    long rows = measuring.number("SELECT count(*)" + orphans);
    if (rows == 0) {
      return Finding.ofRows(0, "all are in '" + to + "'", List.of());
    }
    String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
    return Finding.ofRows(
        rows,
        Measuring.rows(rows, measuring.scan().count(all))
            + ": '"
            + names
            + "' is not in '"
            + to
            + "'",
        measuring.sample("SELECT " + measuring.sampleColumns("t") + orphans, columns));
  }

  private String orphan(List<Column> columns, TableName to) {
    List<Column> there =
        relationship.toColumns().stream()
            .map(
                name ->
                    measuring
                        .building()
                        .relations()
                        .find(to)
                        .orElseThrow()
                        .schema()
                        .column(name.value())
                        .orElseThrow())
            .toList();
    List<String> present = new ArrayList<>();
    List<String> same = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      present.add("t." + columns.get(i).quotedName() + " IS NOT NULL");
      same.add("o." + there.get(i).quotedName() + " = t." + columns.get(i).quotedName());
    }
    return "%s AND NOT EXISTS (SELECT 1 FROM %s AS o WHERE %s)"
        .formatted(String.join(" AND ", present), to.quoted(), String.join(" AND ", same));
  }
}
