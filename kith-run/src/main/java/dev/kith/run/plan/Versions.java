package dev.kith.run.plan;

import dev.kith.lake.Changes;
import dev.kith.lake.PhysicalTable;
import dev.kith.lake.Provenance;
import dev.kith.lake.Snapshot;
import dev.kith.lake.TableVersion;
import dev.kith.lake.Warehouse;
import dev.kith.model.KithException;
import dev.kith.model.TableName;
import dev.kith.run.fault.RunCode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The versions that a run has reached so far, by the names that queries use. */
public final class Versions {

  private final Warehouse warehouse;
  private final Map<TableName, RelationVersion> reached = new LinkedHashMap<>();

  public Versions(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /** That may go on by itself. */
  Versions copy() {
    Versions copy = new Versions(warehouse);
    copy.reached.putAll(reached);
    return copy;
  }

  public void put(TableName name, PhysicalTable table, Snapshot snapshot, boolean current) {
    reached.put(name, new RelationVersion(new TableVersion(table, snapshot.id()), current));
  }

  public void put(TableName name, TableVersion version, boolean current) {
    reached.put(name, new RelationVersion(version, current));
  }

  public boolean has(TableName name) {
    return reached.containsKey(name);
  }

  public RelationVersion get(TableName name) {
    RelationVersion version = reached.get(name);
    if (version == null) {
      throw KithException.bug(
          RunCode.INTERNAL, name.toString(), "Cannot find what was built of: " + name, null);
    }
    return version;
  }

  /**
   * The snapshots of inputs to record for a table. A snapshot that a table has recorded stays for
   * as long as the rows are the same, so that compactions and empty commits make nothing out of
   * date.
   */
  public Map<TableName, Long> inputs(Collection<TableName> names, Optional<Provenance> recorded) {
    Map<TableName, Long> inputs = new LinkedHashMap<>();
    for (TableName name : names) {
      RelationVersion version = get(name);
      Long before = recorded.map(built -> built.inputs().get(name.toString())).orElse(null);
      inputs.put(name, before != null && sameRows(version, before) ? before : version.snapshot());
    }
    return inputs;
  }

  /** What came to an input and went from it since rows were made of it, if that can be told. */
  Optional<Changes.Known> changes(Standing made, TableName input) {
    Long from = made.snapshot().provenance().inputs().get(input.toString());
    RelationVersion to = get(input);
    return from != null
            && warehouse.table(to.table()).changes(from, to.snapshot())
                instanceof Changes.Known known
        ? Optional.of(known)
        : Optional.empty();
  }

  /** The snapshot that a name stands for. */
  Snapshot snapshot(TableName name) {
    RelationVersion version = get(name);
    return warehouse.table(version.table()).snapshot(version.snapshot());
  }

  /** Whether a name stands for the same rows as in an earlier snapshot. */
  boolean isSame(TableName name, long before) {
    return has(name) && sameRows(get(name), before);
  }

  private boolean sameRows(RelationVersion version, long before) {
    if (version.snapshot() == before) {
      return true;
    }
    return warehouse.table(version.table()).changes(before, version.snapshot())
            instanceof Changes.Known changes
        && changes.isEmpty();
  }
}
