package dev.kith.lake;

import dev.kith.model.KithException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.JdbcClientPool;

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
  private final Releases releases;
  private final RunLog runs;

  private Warehouse(
      WarehouseLocation location,
      WarehouseFormat format,
      MetadataDatabase database,
      LocalFileIO files,
      JdbcCatalog catalog,
      Clock clock) {
    this.location = location;
    this.format = format;
    this.database = database;
    this.files = files;
    this.catalog = catalog;
    this.releases =
        new Releases(database, location.folder(), new ReleaseMirror(catalog, location.catalog()));
    this.runs = new RunLog(database, clock);
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
    MetadataDatabase database = MetadataDatabase.open(location.database());
    try {
      LocalFileIO files = new LocalFileIO(format.root(), location.folder());
      JdbcCatalog catalog =
          LakeFaults.during(
              "open the catalog",
              location.database().toString(),
              () -> catalog(location, format, files));
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
      return new Warehouse(location, format, database, files, catalog, clock);
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
          .withHelp("restore the database from a copy, or delete the warehouse to build it anew");
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

  private static JdbcCatalog catalog(
      WarehouseLocation location, WarehouseFormat format, LocalFileIO files) {
    JdbcCatalog catalog =
        new JdbcCatalog(
            properties -> files,
            properties -> new Connections(location.database(), properties),
            true);
    Map<String, String> properties = new HashMap<>();
    properties.put(CatalogProperties.URI, MetadataDatabase.url(location.database()));
    properties.put(CatalogProperties.WAREHOUSE_LOCATION, format.root());
    properties.put("jdbc.schema-version", "V1");
    catalog.initialize(location.catalog(), properties);
    return catalog;
  }

  /** The catalog's connections, made like Kith's own. */
  private static final class Connections extends JdbcClientPool {
    private final Path file;

    private Connections(Path file, Map<String, String> properties) {
      super(MetadataDatabase.url(file), properties);
      this.file = file;
    }

    @Override
    protected Connection newClient() {
      return LakeFaults.during(
          "open the catalog", file.toString(), () -> MetadataDatabase.newConnection(file));
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
    return new LakeTable(name, table, files);
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
      return new LakeTable(name, table, files);
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

  public Releases releases() {
    return releases;
  }

  public RunLog runs() {
    return runs;
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
