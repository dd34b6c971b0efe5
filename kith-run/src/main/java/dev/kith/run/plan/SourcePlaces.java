package dev.kith.run.plan;

import dev.kith.lake.ReleaseEntry;
import dev.kith.lake.Warehouse;
import dev.kith.model.Fingerprint;
import dev.kith.model.TableName;
import dev.kith.model.definition.EnvironmentSettings;
import dev.kith.model.definition.ProjectSettings;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.SourceDefinition.Kind;
import dev.kith.model.definition.SourceDefinition.Origin;
import dev.kith.run.graph.Fingerprints;
import dev.kith.run.graph.SourceRelations;
import dev.kith.sources.SourceTables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a run finds the rows of sources. An environment reads those that production has read, and
 * reads a source itself only if production has no such rows: then into tables of its own.
 */
public final class SourcePlaces {

  private final Warehouse warehouse;
  private final Basis basis;
  private final ProjectSettings settings;

  public SourcePlaces(Warehouse warehouse, Basis basis, ProjectSettings settings) {
    this.warehouse = warehouse;
    this.basis = basis;
    this.settings = settings;
  }

  /** What production has of a source, if the environment need not read the source itself. */
  public Map<TableName, ReleaseEntry> borrowed(SourceDefinition source) {
    Map<TableName, ReleaseEntry> entries = new TreeMap<>();
    if (basis.production().isEmpty() || isConnectedElsewhere(source)) {
      return entries;
    }
    Optional<ReleaseEntry> rows =
        basis.production().get().entry(rows(source)).filter(entry -> isSame(source, entry));
    if (rows.isPresent()) {
      for (TableName name :
          List.of(source.name(), SourceRelations.history(source), source.rejected())) {
        basis
            .production()
            .flatMap(release -> release.entry(name))
            .ifPresent(entry -> entries.put(name, entry));
      }
    }
    return entries;
  }

  /** The tables that take what is read of a source. */
  public SourceTables tables(SourceDefinition source) {
    SourceTables usual = SourceTables.of(source);
    return usual.withSuffix(basis.suffix(rows(source), usual.rows()));
  }

  /** Of what is recorded with rows: the definition, and whether another database stands in. */
  public String definition(SourceDefinition source) {
    Fingerprint definition = Fingerprints.of(source, settings.timezone());
    return isConnectedElsewhere(source)
        ? Fingerprint.of(definition.hex(), "connection of", settings.environment().name()).hex()
        : definition.hex();
  }

  /** The relation that stands for the table of a source's rows. */
  public static TableName rows(SourceDefinition source) {
    return source.kind() == Kind.ENTITY ? SourceRelations.history(source) : source.name();
  }

  private boolean isSame(SourceDefinition source, ReleaseEntry entry) {
    return PhysicalTables.sameLayout(entry.table(), SourceTables.of(source).rows())
        && warehouse
            .table(entry.table())
            .snapshot(entry.snapshotId())
            .provenance()
            .definition()
            .equals(definition(source));
  }

  private boolean isConnectedElsewhere(SourceDefinition source) {
    EnvironmentSettings environment = settings.environment();
    return source.from() instanceof Origin.Database database
        && environment.connections().contains(database.connection().value());
  }
}
