package dev.kith.lake;

import dev.kith.model.KithException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.jdbc.JdbcCatalog;

/**
 * The tables of a project, with their releases and the log of its runs.
 *
 * <p>Faults are {@link KithException}s with a code of {@link LakeCode}. May be shared by threads; a
 * {@link LakeTable} may not.
 */
public final class Warehouse implements AutoCloseable {

  /** Where physical tables are listed in the catalog. */
  static final Namespace PHYSICAL = Namespace.of("kith");

  private final WarehouseLocation location;
  private final WarehouseFormat format;
  private final MetadataDatabase database;
  private final LocalFileIO files;
  private final JdbcCatalog catalog;
  private final RunLeases leases;
  private final Releases releases;
  private final RunLog runs;
  private final Definitions definitions;
  private final TableHeads heads;
  private final TableStates states;
  private final Clock clock;

  private Warehouse(
      WarehouseLocation location,
      WarehouseFormat format,
      MetadataDatabase database,
      Fence fence,
      LocalFileIO files,
      JdbcCatalog catalog,
      Clock clock) {
    this.location = location;
    this.format = format;
    this.database = database;
    this.files = files;
    this.catalog = catalog;
    this.leases = new RunLeases(database, fence, Clock.systemUTC(), RunLeases.length());
    this.releases =
        new Releases(
            database, location.folder(), new ReleaseMirror(catalog, location.catalog()), clock);
    this.runs = new RunLog(database, fence, clock);
    this.definitions = new Definitions(database);
    this.clock = clock;
    this.states = new TableStates(files);
    this.heads = new TableHeads(database, this, location.catalog());
  }

  /** Opens the warehouse, or makes an empty one where there is none. */
  public static Warehouse open(WarehouseLocation location, Clock clock) {
    return open(location, clock, location.folder().toString());
  }

  /**
   * As {@link #open(WarehouseLocation, Clock)}; a new warehouse records its files as if its folder
   * were {@code recordedRoot}.
   */
  static Warehouse open(WarehouseLocation location, Clock clock, String recordedRoot) {
    WarehouseFormat format =
        LakeFaults.during(
            "open the warehouse",
            location.folder().toString(),
            () -> {
              checkTogether(location);
              Optional<WarehouseFormat> existing = WarehouseFormat.read(location.folder());
              Files.createDirectories(location.folder());
              return existing.orElse(new WarehouseFormat(WarehouseFormat.CURRENT, recordedRoot));
            });
    Fence fence = new Fence();
    MetadataDatabase database = MetadataDatabase.open(location.database(), fence);
    try {
      LocalFileIO files = new LocalFileIO(format.root(), location.folder());
      JdbcCatalog catalog = WarehouseCatalog.open(location, database, format, files, fence);
      LakeFaults.during(
          "write to the warehouse",
          location.folder().toString(),
          () -> {
            if (WarehouseFormat.read(location.folder()).isEmpty()) {
              checkNew(location, catalog);
              format.write(location.folder());
            }
            return true;
          });
      return new Warehouse(location, format, database, fence, files, catalog, clock);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * Opens the warehouse to read from it. Nothing is made or written, not even to bring an older
   * database up to date; what would write fails with {@link LakeCode#CANNOT_WRITE}.
   *
   * @return nothing if there is no warehouse yet
   */
  public static Optional<Warehouse> openExisting(WarehouseLocation location, Clock clock) {
    Optional<WarehouseFormat> format =
        LakeFaults.during(
            "open the warehouse",
            location.folder().toString(),
            () -> {
              checkTogether(location);
              return WarehouseFormat.read(location.folder());
            });
    if (format.isEmpty() && !Files.exists(location.database())) {
      return Optional.empty();
    }
    MetadataDatabase database = MetadataDatabase.openReadOnly(location.database());
    try {
      if (!WarehouseCatalog.exists(database)) {
        database.close();
        return Optional.empty(); // the very first run was killed at its beginning
      }
      WarehouseFormat layout =
          format.orElse(new WarehouseFormat(WarehouseFormat.CURRENT, location.folder().toString()));
      LocalFileIO files = new LocalFileIO(layout.root(), location.folder());
      JdbcCatalog catalog = WarehouseCatalog.openReadOnly(location, database, layout, files);
      if (format.isEmpty()) {
        checkNew(location, catalog);
      }
      return Optional.of(
          new Warehouse(location, layout, database, new Fence(), files, catalog, clock));
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** A warehouse that has files must not be taken for a new one because its database is gone. */
  private static void checkTogether(WarehouseLocation location) throws IOException {
    boolean warehouse = WarehouseFormat.read(location.folder()).isPresent();
    if (warehouse && !Files.exists(location.database())) {
      throw KithException.outside(
              LakeCode.DATABASE_LOST,
              location.folder().toString(),
              "Cannot open the warehouse '"
                  + location.folder()
                  + "': its database is missing: "
                  + location.database(),
              null)
          .withHelp(
              "'kith repair' makes it anew from the files of the warehouse; or restore it from a"
                  + " copy");
    }
  }

  /** Nor must a database that lists tables be taken for new because their files are gone. */
  private static void checkNew(WarehouseLocation location, JdbcCatalog catalog) {
    if (!physical(catalog).isEmpty()) {
      throw KithException.outside(
              LakeCode.DATABASE_LOST,
              location.folder().toString(),
              "Cannot open the warehouse '"
                  + location.folder()
                  + "': the database lists tables"
                  + " whose files are gone: "
                  + location.database(),
              null)
          .withHelp("restore the warehouse from a copy, or delete the database to build it anew");
    }
  }

  public WarehouseLocation location() {
    return location;
  }

  /** Makes an empty physical table; fails if it exists. */
  public LakeTable create(PhysicalTable name, TableLayout layout) {
    Schema schema = IcebergTypes.toIceberg(layout.schema());
    Table table =
        LakeFaults.during(
            "create the table",
            name.name(),
            () ->
                catalog
                    .buildTable(identifier(name), schema)
                    .withLocation(format.root() + "/tables/" + name.name())
                    .withPartitionSpec(Layouts.spec(layout, schema))
                    .withProperties(Layouts.properties(layout))
                    .create());
    Failpoint.TABLE_CREATED.hit();
    return new LakeTable(name, table, files, states);
  }

  /** The table of that name, made if it does not exist. */
  public LakeTable openOrCreate(PhysicalTable name, TableLayout layout) {
    if (exists(name)) {
      return table(name);
    }
    try {
      return create(name, layout);
    } catch (AlreadyExistsException e) {
      return table(name); // another process was faster
    }
  }

  /** An existing table, as it is now. */
  public LakeTable table(PhysicalTable name) {
    try {
      Table table =
          LakeFaults.during(
              "open the table", name.name(), () -> catalog.loadTable(identifier(name)));
      return new LakeTable(name, table, files, states);
    } catch (NoSuchTableException e) {
      throw KithException.outside(
          LakeCode.NO_SUCH_TABLE, name.name(), "Cannot find a physical table: " + name, e);
    }
  }

  public boolean exists(PhysicalTable name) {
    return LakeFaults.during(
        "look for the table", name.name(), () -> catalog.tableExists(identifier(name)));
  }

  /** All physical tables, by name. */
  public List<PhysicalTable> tables() {
    return LakeFaults.during(
        "list the tables", location.database().toString(), () -> physical(catalog));
  }

  private static List<PhysicalTable> physical(JdbcCatalog catalog) {
    if (!catalog.namespaceExists(PHYSICAL)) {
      return List.of(); // the first table makes it
    }
    return catalog.listTables(PHYSICAL).stream()
        .map(identifier -> new PhysicalTable(identifier.name()))
        .sorted(Comparator.comparing(PhysicalTable::name))
        .toList();
  }

  /**
   * What every physical table is at its head: from memory of the database, but for tables that have
   * changed since {@link #rememberHeads}.
   */
  public Map<PhysicalTable, TableHead> heads() {
    return heads.all();
  }

  /** As {@link #heads}, of one table; nothing if there is none of that name. */
  public Optional<TableHead> head(PhysicalTable name) {
    return heads.of(name);
  }

  /**
   * As {@link LakeTable#newest}; from memory of the database if it was asked for before {@link
   * #rememberHeads}.
   */
  public Optional<Instant> newest(TableVersion version, String column) {
    return heads.newest(version, column);
  }

  /** Lets later calls of {@link #heads} be quick; commits nothing to any table. */
  public void rememberHeads() {
    heads.remember();
  }

  /**
   * Frees what nothing needs any more; to be called under a {@link RunLease}, unless it is a dry
   * run.
   */
  public CleanReport clean(CleanPolicy policy) {
    return new Cleaner(this, files, clock, policy).clean();
  }

  /**
   * The runs that made what cleaning by a policy leaves; what else they left is to stay as well.
   */
  public Set<String> runsThatStay(CleanPolicy policy) {
    return new Cleaner(this, files, clock, policy).runsThatStay();
  }

  /**
   * Brings the database back to what the files of the warehouse say: after it was lost, was put
   * back from an older copy, or was damaged. Takes the lease; readers see what they saw.
   *
   * @param patience how long to wait for another process
   */
  public static RepairReport repair(WarehouseLocation location, Clock clock, Duration patience) {
    return LakeFaults.during(
        "repair the warehouse",
        location.folder().toString(),
        () -> {
          boolean lost =
              !Files.exists(location.database())
                  && WarehouseFormat.read(location.folder()).isPresent();
          return lost ? rebuild(location, clock) : mend(location, clock, patience, false);
        });
  }

  /** Makes a new database elsewhere and moves it to its place when it is whole. */
  private static RepairReport rebuild(WarehouseLocation location, Clock clock) throws IOException {
    Path part =
        location
            .database()
            .resolveSibling(location.database().getFileName() + "." + UUID.randomUUID() + ".part");
    deleteParts(location.database());
    Files.createFile(part);
    try {
      RepairReport report =
          mend(
              new WarehouseLocation(location.folder(), part, location.catalog()),
              clock,
              Duration.ZERO,
              true);
      Files.move(part, location.database());
      return report;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** What earlier attempts left that were killed. */
  private static void deleteParts(Path database) throws IOException {
    Path folder = Files.createDirectories(database.resolveSibling(".").normalize());
    try (var parts = Files.newDirectoryStream(folder, database.getFileName() + ".*.part*")) {
      for (Path part : parts) {
        Files.deleteIfExists(part);
      }
    }
  }

  private static RepairReport mend(
      WarehouseLocation location, Clock clock, Duration patience, boolean everything) {
    try (Warehouse warehouse = open(location, clock);
        RunLease lease = warehouse.leases().acquire("repair", patience)) {
      lease.check();
      return new Repairer(warehouse, warehouse.files, everything).repair();
    }
  }

  /** Takes a table out of the catalog; its files stay. */
  void drop(PhysicalTable name) {
    LakeFaults.during(
        "drop the table", name.name(), () -> catalog.dropTable(identifier(name), false));
  }

  /** Has the catalog list a table with one version of its metadata. */
  void list(PhysicalTable name, String metadata) {
    if (exists(name)) {
      drop(name);
    }
    LakeFaults.during(
        "list the table", name.name(), () -> catalog.registerTable(identifier(name), metadata));
  }

  /** Fails if the lease is lost that this object works under. */
  void checkLease() {
    database.write("check the lease", connection -> true);
  }

  /** Who may change the warehouse. */
  public RunLeases leases() {
    return leases;
  }

  public Releases releases() {
    return releases;
  }

  public RunLog runs() {
    return runs;
  }

  /** What definitions said by which tables were built. */
  public Definitions definitions() {
    return definitions;
  }

  static TableIdentifier identifier(PhysicalTable name) {
    return TableIdentifier.of(PHYSICAL, name.name());
  }

  @Override
  public void close() {
    try {
      LakeFaults.during(
          "close the catalog",
          location.database().toString(),
          () -> {
            catalog.close();
            return true;
          });
    } finally {
      database.close();
    }
  }
}
