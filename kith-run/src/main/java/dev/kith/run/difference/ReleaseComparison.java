package dev.kith.run.difference;

import dev.kith.engine.Input;
import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.lake.Changes;
import dev.kith.lake.Release;
import dev.kith.lake.ReleaseEntry;
import dev.kith.lake.TableVersion;
import dev.kith.lake.Warehouse;
import dev.kith.model.KithException;
import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.run.build.Bindings;
import dev.kith.run.fault.RunCode;
import dev.kith.run.graph.Sampling;
import dev.kith.run.plan.ReaderChange.Difference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares what readers of two releases see. All rows are read and compared by the engine, which
 * spills what does not fit into memory. Where both releases have snapshots of one physical table,
 * only the rows that came and went between them are read.
 */
public final class ReleaseComparison {

  private final Warehouse warehouse;
  private final Session session;
  private final Map<TableName, List<String>> sourceKeys;
  private final Set<String> personal;
  private final DifferenceOptions options;

  /**
   * @param sourceKeys what names a row, for tables that do not say so themselves
   * @param personal names of columns whose values are masked, in lower case
   */
  public ReleaseComparison(
      Warehouse warehouse,
      Session session,
      Map<TableName, List<String>> sourceKeys,
      Set<String> personal,
      DifferenceOptions options) {
    this.warehouse = warehouse;
    this.session = session;
    this.sourceKeys = Map.copyOf(sourceKeys);
    this.personal = Set.copyOf(personal);
    this.options = options;
  }

  /**
   * How the later release differs from the earlier one.
   *
   * @throws KithException if a table is in neither
   */
  public ReleaseDifference compare(Release before, Release after) {
    List<ComparedTable> tables = new ArrayList<>();
    for (TableName table : tables(before, after)) {
      tables.add(compare(table, side(before, table), side(after, table)));
    }
    return new ReleaseDifference(before, after, tables);
  }

  private Set<TableName> tables(Release before, Release after) {
    Set<TableName> known = new TreeSet<>();
    for (Release release : List.of(before, after)) {
      release
          .entries()
          .forEach(
              (name, entry) -> {
                if (entry.kind() != ReleaseEntry.Kind.STATE) {
                  known.add(name);
                }
              });
    }
    for (TableName wanted : options.tables()) {
      if (!known.contains(wanted)) {
        throw KithException.project(
                RunCode.UNKNOWN_TABLE,
                wanted.toString(),
                "Cannot find in either release: " + wanted)
            .withHelp("'kith ls --release RELEASE' lists what a release has");
      }
    }
    return options.tables().isEmpty() ? known : new TreeSet<>(options.tables());
  }

  private Optional<Side> side(Release release, TableName table) {
    List<String> sourceKey = sourceKeys.getOrDefault(table, List.of());
    return release.entry(table).map(entry -> Side.of(entry, warehouse, sourceKey));
  }

  private ComparedTable compare(TableName table, Optional<Side> before, Optional<Side> after) {
    if (before.isEmpty() || after.isEmpty()) {
      Difference difference =
          before.isEmpty() ? new Difference.TableAdded() : new Difference.TableRemoved();
      long rows = rows(before.or(() -> after).orElseThrow());
      return new ComparedTable(
          table, List.of(difference), new ComparedRows.OneSided(rows), Optional.empty());
    }
    return compare(table, before.get(), after.get());
  }

  private ComparedTable compare(TableName table, Side before, Side after) {
    ComparedRows rows =
        before.isSameAs(after)
            ? new ComparedRows.SameSnapshot(rows(after))
            : counted(before, after);
    Optional<ComparedTable.Instants> asOf =
        before
            .snapshot()
            .provenance()
            .asOf()
            .flatMap(
                from ->
                    after
                        .snapshot()
                        .provenance()
                        .asOf()
                        .map(to -> new ComparedTable.Instants(from, to)));
    return new ComparedTable(table, SchemaDifference.of(before, after), rows, asOf);
  }

  private ComparedRows counted(Side before, Side after) {
    List<String> key = before.key().equals(after.key()) ? after.key() : List.of();
    List<Column> columns = new ArrayList<>(SchemaDifference.common(before, after));
    columns.sort(
        Comparator.comparingInt(
            column -> key.contains(column.name()) ? key.indexOf(column.name()) : key.size()));
    long rowsBefore = rows(before);
    long rowsAfter = rows(after);
    if (columns.isEmpty()) {
      return new ComparedRows.Counted(
          List.of(), rowsBefore, rowsAfter, rowsAfter, rowsBefore, 0, columns, Map.of(), List.of());
    }
    bind(before, after);
    boolean hasKey = !key.isEmpty() && columns.stream().map(Column::name).toList().containsAll(key);
    Optional<KeyedComparison> keyed =
        hasKey ? KeyedComparison.of(session, columns, key.size()) : Optional.empty();
    Comparison comparison =
        keyed.isPresent() ? keyed.get() : MultisetComparison.of(session, columns);
    Comparison.Counts counts = comparison.count(session);
    List<RowSample> samples =
        counts.isNone() || options.samples() == 0
            ? List.of()
            : comparison.samples(session, options.samples(), personal);
    return new ComparedRows.Counted(
        keyed.isPresent() ? key : List.of(),
        rowsBefore,
        rowsAfter,
        counts.added(),
        counts.removed(),
        counts.changed(),
        columns,
        counts.changedIn(),
        samples);
  }

  /** Rows that are in both for certain need not be read. */
  private void bind(Side before, Side after) {
    if (leadsTo(before, after)) {
      bind(Comparison.BEFORE, new Input.Removed(version(before), version(after)), before);
      bind(Comparison.AFTER, new Input.Added(version(before), version(after)), after);
    } else if (leadsTo(after, before)) {
      bind(Comparison.BEFORE, new Input.Added(version(after), version(before)), before);
      bind(Comparison.AFTER, new Input.Removed(version(after), version(before)), after);
    } else {
      bind(Comparison.BEFORE, new Input.Whole(version(before)), before);
      bind(Comparison.AFTER, new Input.Whole(version(after)), after);
    }
  }

  private static boolean leadsTo(Side earlier, Side later) {
    return earlier.entry().table().equals(later.entry().table())
        && earlier.entry().schema().equals(later.entry().schema())
        && later.table().changes(earlier.entry().snapshotId(), later.entry().snapshotId())
            instanceof Changes.Known;
  }

  private static TableVersion version(Side side) {
    return side.entry().version();
  }

  private void bind(String name, Input input, Side side) {
    new Bindings(session, Sampling.NONE)
        .bind(TableName.of(name), input, side.isCurrent(), side.entry().schema(), Set.of());
  }

  private long rows(Side side) {
    if (!side.isCurrent()) {
      return side.snapshot().totals().rows();
    }
    bind(Comparison.AFTER, new Input.Whole(version(side)), side);
    try (Rows row = session.query("SELECT count(*) AS n FROM " + Comparison.AFTER)) {
      row.next();
      return Comparison.number(row, 0);
    }
  }
}
