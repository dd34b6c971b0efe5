package dev.kith.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ReachableFileUtil;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/** All files on the disk that some snapshots of a table refer to, and those of its metadata. */
final class ReachableFiles {

  private final Table table;
  private final LocalFileIO io;
  private final Path cursors;
  private final Set<Path> files = new HashSet<>();
  private final Set<String> manifests = new HashSet<>();

  private ReachableFiles(Table table, LocalFileIO io, Path cursors) {
    this.table = table;
    this.io = io;
    this.cursors = cursors;
  }

  /**
   * @param snapshots of the table; others that it still has do not count
   */
  static Set<Path> of(LakeTable table, LocalFileIO io, Set<Long> snapshots) {
    ReachableFiles reachable = new ReachableFiles(table.iceberg(), io, table.cursors());
    reachable.addMetadata();
    reachable.addSnapshots(snapshots);
    return reachable.files;
  }

  /** As {@link #of}, without the files of the metadata itself. */
  static Set<Path> ofSnapshots(Table table, LocalFileIO io, Path cursors, Set<Long> snapshots) {
    ReachableFiles reachable = new ReachableFiles(table, io, cursors);
    reachable.addSnapshots(snapshots);
    return reachable.files;
  }

  private void addSnapshots(Set<Long> snapshots) {
    for (Snapshot snapshot : table.snapshots()) {
      if (snapshots.contains(snapshot.snapshotId())) {
        add(snapshot);
      }
    }
  }

  private void addMetadata() {
    ReachableFileUtil.metadataFileLocations(table, false).forEach(this::add);
    ReachableFileUtil.statisticsFilesLocations(table).forEach(this::add);
  }

  private void add(Snapshot snapshot) {
    add(snapshot.manifestListLocation());
    ProvenanceSummary.cursorFile(snapshot.summary())
        .ifPresent(name -> files.add(cursors.resolve(name)));
    for (ManifestFile manifest : snapshot.allManifests(table.io())) {
      if (manifests.add(manifest.path())) {
        add(manifest.path());
        addEntries(manifest);
      }
    }
  }

  private void addEntries(ManifestFile manifest) {
    try {
      if (manifest.content() == ManifestContent.DATA) {
        try (var paths = ManifestFiles.readPaths(manifest, table.io(), table.specs())) {
          paths.forEach(this::add);
        }
      } else {
        try (var vectors = ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
          vectors.forEach(vector -> add(vector.location()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String location) {
    files.add(io.path(location).toAbsolutePath().normalize());
  }
}
