package dev.kith.e2e;

import dev.kith.lake.WarehouseLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.ReachableFileUtil;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/**
 * Files of a warehouse that nothing refers to, found by Iceberg's own means from what the database
 * lists, with nothing of Kith's between.
 */
final class Unreferenced {

  private static final Pattern ROOT = Pattern.compile("\"root\" *: *\"([^\"]*)\"");

  /** The folder as metadata names it, and where it is. */
  private final String recorded;

  private final String actual;
  private final Set<Path> referenced = new HashSet<>();

  private Unreferenced(Path folder) throws IOException {
    Matcher root = ROOT.matcher(Files.readString(folder.resolve("kith-warehouse.json")));
    if (!root.find()) {
      throw new AssertionError("Cannot find the root of the warehouse in " + folder);
    }
    recorded = root.group(1);
    actual = folder.toString();
  }

  static List<Path> files(ProjectFolder project) throws IOException, SQLException {
    WarehouseLocation location = RunRecords.location(project);
    return new Unreferenced(location.folder()).files(location);
  }

  private List<Path> files(WarehouseLocation location) throws IOException, SQLException {
    referenced.add(location.folder().resolve("kith-warehouse.json"));
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + location.database());
        Statement statement = database.createStatement()) {
      try (ResultSet row =
          statement.executeQuery(
              "SELECT metadata_location, table_namespace = 'kith' FROM iceberg_tables")) {
        while (row.next()) {
          if (row.getBoolean(2)) {
            addTable(row.getString(1));
          } else {
            add(row.getString(1)); // a plain name of a table that is listed as well
          }
        }
      }
      try (ResultSet row = statement.executeQuery("SELECT environment, id FROM kith_releases")) {
        while (row.next()) {
          String manifest = "releases/" + row.getString(1) + "/" + row.getString(2) + ".json";
          referenced.add(location.folder().resolve(manifest));
        }
      }
    }
    try (Stream<Path> files = Files.walk(location.folder())) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !referenced.contains(file))
          .sorted()
          .toList();
    }
  }

  private void addTable(String metadata) throws IOException {
    FileIO io = new LocalFiles(recorded, actual);
    Table table = new BaseTable(new StaticTableOperations(metadata, io), "table");
    ReachableFileUtil.metadataFileLocations(table, true).forEach(this::add);
    for (Snapshot snapshot : table.snapshots()) {
      add(snapshot.manifestListLocation());
      for (ManifestFile manifest : snapshot.allManifests(io)) {
        add(manifest.path());
        try (ManifestReader<? extends ContentFile<?>> files = open(manifest, table)) {
          files.forEach(file -> add(file.location()));
        }
      }
    }
  }

  private static ManifestReader<? extends ContentFile<?>> open(ManifestFile manifest, Table table) {
    return manifest.content() == ManifestContent.DATA
        ? ManifestFiles.read(manifest, table.io(), table.specs())
        : ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs());
  }

  private void add(String location) {
    referenced.add(Path.of(here(location, recorded, actual)));
  }

  /** A project may have been copied since its metadata was written. */
  private static String here(String location, String recorded, String actual) {
    String path = location.replaceFirst("^file:(//)?", "");
    return path.startsWith(recorded) ? actual + path.substring(recorded.length()) : path;
  }

  /** Reads only. */
  private static final class LocalFiles implements FileIO {

    private static final long serialVersionUID = 1L;

    private final String recorded;
    private final String actual;

    LocalFiles(String recorded, String actual) {
      this.recorded = recorded;
      this.actual = actual;
    }

    @Override
    public InputFile newInputFile(String path) {
      return org.apache.iceberg.Files.localInput(here(path, recorded, actual));
    }

    @Override
    public OutputFile newOutputFile(String path) {
      throw new UnsupportedOperationException("Cannot write: " + path);
    }

    @Override
    public void deleteFile(String path) {
      throw new UnsupportedOperationException("Cannot delete: " + path);
    }
  }
}
