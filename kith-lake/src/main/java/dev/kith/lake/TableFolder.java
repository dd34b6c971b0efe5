package dev.kith.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.exceptions.NotFoundException;

/** A physical table as its folder says, when the catalog does not. */
final class TableFolder {

  private static final String SUFFIX = ".metadata.json";

  private final Path folder;
  private final LocalFileIO io;

  TableFolder(Path folder, LocalFileIO io) {
    this.folder = folder;
    this.io = io;
  }

  PhysicalTable table() {
    return new PhysicalTable(folder.getFileName().toString());
  }

  /**
   * The newest version of the metadata all of whose files are there. It may be one that a commit
   * wrote and did not live to record: what it holds is whole.
   */
  Optional<TableMetadata> newestWhole() {
    return LakeFaults.during(
        "look for the metadata of",
        folder.toString(),
        () -> {
          for (Path file : newestFirst()) {
            Optional<TableMetadata> metadata = whole(file);
            if (metadata.isPresent()) {
              return metadata;
            }
          }
          return Optional.empty();
        });
  }

  /** Versions count up in the names; of two with one number, the later written was recorded. */
  private List<Path> newestFirst() throws IOException {
    Path metadata = folder.resolve("metadata");
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(metadata)) {
      try (var found = Files.newDirectoryStream(metadata, "*" + SUFFIX)) {
        found.forEach(files::add);
      }
    }
    files.sort(
        Comparator.comparing(TableFolder::version)
            .thenComparing(file -> file.toFile().lastModified())
            .reversed());
    return files;
  }

  private static int version(Path file) {
    String digits = file.getFileName().toString().split("-", 2)[0];
    return digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : -1;
  }

  private Optional<TableMetadata> whole(Path file) {
    TableMetadata metadata;
    Set<Path> needed;
    try {
      metadata = TableMetadataParser.read(io, io.location(file));
      Table table = new BaseTable(new StaticTableOperations(metadata, io), table().name());
      Set<Long> snapshots =
          metadata.refs().values().stream()
              .map(SnapshotRef::snapshotId)
              .collect(Collectors.toSet());
      needed = ReachableFiles.ofSnapshots(table, io, folder.resolve("cursors"), snapshots);
    } catch (NotFoundException | IllegalArgumentException e) {
      return Optional.empty(); // a file is gone, or is half of one
    } catch (RuntimeException e) {
      if (e.getCause() instanceof IOException) {
        return Optional.empty();
      }
      throw e;
    }
    return needed.stream().allMatch(Files::exists) ? Optional.of(metadata) : Optional.empty();
  }
}
