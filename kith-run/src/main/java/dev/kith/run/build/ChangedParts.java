package dev.kith.run.build;

import dev.kith.engine.Input;
import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.engine.WriteMode;
import dev.kith.engine.WriteOutcome;
import dev.kith.lake.LakeTable;
import dev.kith.lake.Provenance;
import dev.kith.lake.TableVersion;
import dev.kith.model.TableName;
import dev.kith.model.definition.TableDefinition.Mode;
import dev.kith.model.type.Column;
import dev.kith.run.build.Periods.Stretch;
import dev.kith.run.graph.Node;
import dev.kith.run.graph.Node.Incremental.ByKey;
import dev.kith.run.graph.Node.Incremental.ByTime;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Computes anew the parts of a table that changed rows of its input belong to: periods, or keys.
 * That the query treats each part by itself has been shown when it was resolved.
 */
final class ChangedParts {

  private static final TableName ADDED = TableName.of("kith_added");
  private static final TableName REMOVED = TableName.of("kith_removed");
  private static final TableName WHOLE = TableName.of("kith_whole");
  private static final String CHANGED =
      "(SELECT * FROM %s UNION ALL SELECT * FROM %s) AS w"
          .formatted(ADDED.quoted(), REMOVED.quoted());
  private static final String KEYS = "kith_keys";

  private final Building building;
  private final Session session;
  private final Node.TableNode node;
  private final LakeTable table;
  private final Provenance provenance;

  ChangedParts(
      Building building,
      Session session,
      Node.TableNode node,
      LakeTable table,
      Provenance provenance) {
    this.building = building;
    this.session = session;
    this.node = node;
    this.table = table;
    this.provenance = provenance;
  }

  /** Nothing, and nothing written, if rows changed that belong to no part. */
  Optional<WriteOutcome> write(TableName input, TableVersion from, TableVersion to) {
    bind(ADDED, input, new Input.Added(from, to));
    bind(REMOVED, input, new Input.Removed(from, to));
    bind(WHOLE, input, new Input.Whole(to));
    if (node.incremental() instanceof ByTime byTime) {
      Periods periods =
          new Periods((Mode.ByTime) node.definition().mode().value(), building.zone());
      return touched(input, byTime, periods)
          .map(starts -> replace(input, byTime, periods.covering(starts)));
    }
    return Optional.of(keys(input, (ByKey) node.incremental()));
  }

  private void bind(TableName as, TableName input, Input rows) {
    building.bindPart(session, as, input, rows, node.hiddenNamed());
  }

  private WriteOutcome keys(TableName input, ByKey byKey) {
    List<String> key = List.copyOf(byKey.parts().keySet());
    session.materialise(
        KEYS,
        byKey.parts().entrySet().stream()
                .map(part -> part.getValue().sql("w") + " AS " + quoted(part.getKey()))
                .collect(Collectors.joining(", ", "SELECT DISTINCT ", " FROM "))
            + CHANGED);
    String match =
        byKey.parts().entrySet().stream()
            .map(p -> p.getValue().sql("w") + " IS NOT DISTINCT FROM k." + quoted(p.getKey()))
            .collect(Collectors.joining(" AND "));
    session.bindView(
        input,
        "SELECT w.* FROM %s AS w WHERE EXISTS (SELECT 1 FROM %s AS k WHERE %s)"
            .formatted(WHOLE.quoted(), KEYS, match));
    String keys =
        key.stream()
            .map(ChangedParts::quoted)
            .collect(Collectors.joining(", ", "SELECT ", " FROM " + KEYS));
    return building.write(session, table, sql(), new WriteMode.ReplaceKeys(key, keys), provenance);
  }

  /** The local starts of the periods with changed rows; nothing if one has no time. */
  private Optional<List<LocalDateTime>> touched(TableName input, ByTime byTime, Periods periods) {
    List<LocalDateTime> starts = new ArrayList<>();
    String sql =
        "SELECT DISTINCT date_trunc('%s', CAST(w.%s AS TIMESTAMP)) AS start FROM %s"
            .formatted(periods.sqlUnit(), column(input, byTime).quotedName(), CHANGED);
    try (Rows rows = session.query(sql)) {
      while (rows.next()) {
        @Nullable Object start = rows.value(0);
        if (start == null) {
          return Optional.empty();
        }
        starts.add((LocalDateTime) start);
      }
    }
    return Optional.of(starts);
  }

  /** Each stretch is a commit; only the last says that all is done. */
  private WriteOutcome replace(TableName input, ByTime byTime, List<Stretch> stretches) {
    if (stretches.isEmpty()) {
      session.bindView(input, "SELECT * FROM " + WHOLE.quoted());
      String none = "SELECT * FROM (" + sql() + "\n) WHERE false";
      return building.write(session, table, none, new WriteMode.Append(), provenance);
    }
    String replaced = ((Mode.ByTime) node.definition().mode().value()).column();
    Provenance before = table.head().orElseThrow().provenance();
    WriteOutcome total = new WriteOutcome(OptionalLong.empty(), 0, 0, 0);
    for (int i = 0; i < stretches.size(); i++) {
      Stretch stretch = stretches.get(i);
      boolean last = i == stretches.size() - 1;
      session.bindView(input, restricted(column(input, byTime), stretch));
      WriteOutcome outcome =
          building.write(
              session,
              table,
              sql(),
              new WriteMode.ReplaceRange(replaced, stretch.from(), stretch.to()),
              last ? provenance : before);
      total =
          new WriteOutcome(
              outcome.snapshotId(),
              total.rowsAdded() + outcome.rowsAdded(),
              total.rowsDeleted() + outcome.rowsDeleted(),
              total.bytesWritten() + outcome.bytesWritten());
    }
    return total;
  }

  private String restricted(Column column, Stretch stretch) {
    return "SELECT * FROM %s WHERE %s >= %s AND %s < %s"
        .formatted(
            WHOLE.quoted(),
            column.quotedName(),
            TimeLiterals.of(stretch.from(), column.type(), building.zone()),
            column.quotedName(),
            TimeLiterals.of(stretch.to(), column.type(), building.zone()));
  }

  private Column column(TableName input, ByTime byTime) {
    return building
        .relations()
        .find(input)
        .orElseThrow()
        .schema()
        .column(byTime.inputColumn())
        .orElseThrow();
  }

  private String sql() {
    return node.query().render(building.asOf());
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }
}
