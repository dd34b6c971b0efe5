package dev.kith.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.ReachableFileUtil;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/** Files of a warehouse that no table and no release refers to, found by reading them all. */
final class Unreferenced {

  private Unreferenced() {}

  static List<Path> files(LakeFixture lake) {
    Warehouse warehouse = lake.warehouse;
    Path folder = warehouse.location().folder();
    Set<Path> referenced = new HashSet<>();
    referenced.add(folder.resolve("kith-warehouse.json"));
    for (Environment environment : warehouse.releases().environments()) {
      for (Release release : warehouse.releases().history(environment.name())) {
        referenced.add(
            folder.resolve("releases/" + environment.name() + "/" + release.id() + ".json"));
      }
    }
    for (PhysicalTable name : warehouse.tables()) {
      add(warehouse.table(name), referenced);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !referenced.contains(file))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(LakeTable table, Set<Path> referenced) {
    Table iceberg = table.iceberg();
    ReachableFileUtil.metadataFileLocations(iceberg, true)
        .forEach(location -> referenced.add(Path.of(location)));
    for (Snapshot snapshot : iceberg.snapshots()) {
      referenced.add(Path.of(snapshot.manifestListLocation()));
      snapshot
          .allManifests(iceberg.io())
          .forEach(manifest -> referenced.add(Path.of(manifest.path())));
      ProvenanceSummary.cursorFile(snapshot.summary())
          .ifPresent(cursor -> referenced.add(table.cursors().resolve(cursor)));
      for (ScanFile file : table.scan(snapshot.snapshotId())) {
        referenced.add(file.path());
        file.deleteFile().ifPresent(vector -> referenced.add(Path.of(vector.location())));
      }
    }
  }
}
