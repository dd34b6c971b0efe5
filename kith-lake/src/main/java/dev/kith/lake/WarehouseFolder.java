package dev.kith.lake;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files below a warehouse's folder that Kith and Iceberg write. */
final class WarehouseFolder {

  private final Path folder;

  WarehouseFolder(Path folder) {
    this.folder = folder;
  }

  /** A file as it was found. */
  record Found(Path path, long bytes, Instant modifiedAt) {}

  /** All files of tables and releases, and what was left of writing small ones. */
  List<Found> files() {
    List<Found> found = new ArrayList<>();
    LakeFaults.during(
        "list the files of the warehouse",
        folder.toString(),
        () -> {
          for (Path part : List.of(tables(), releases())) {
            if (Files.isDirectory(part)) {
              Files.walkFileTree(part, new Collector(found));
            }
          }
          return true;
        });
    return found;
  }

  /** The physical table in whose folder a file is. */
  Optional<PhysicalTable> table(Path file) {
    return file.startsWith(tables())
        ? Optional.of(new PhysicalTable(tables().relativize(file).getName(0).toString()))
        : Optional.empty();
  }

  /** The folders of tables, whether the catalog lists them or not. */
  List<Path> tableFolders() {
    return LakeFaults.during(
        "list the tables of the warehouse",
        folder.toString(),
        () -> {
          if (!Files.isDirectory(tables())) {
            return List.of();
          }
          try (var folders = Files.list(tables())) {
            return folders.filter(Files::isDirectory).sorted().toList();
          }
        });
  }

  /** Deletes folders of tables and environments that are empty. */
  void deleteEmptyFolders() {
    LakeFaults.during(
        "delete empty folders of the warehouse",
        folder.toString(),
        () -> {
          for (Path part : List.of(tables(), releases())) {
            if (Files.isDirectory(part)) {
              Files.walkFileTree(part, new Pruner(part));
            }
          }
          return true;
        });
  }

  private Path tables() {
    return folder.resolve("tables");
  }

  private Path releases() {
    return folder.resolve("releases");
  }

  private static final class Collector extends SimpleFileVisitor<Path> {
    private final List<Found> found;

    private Collector(List<Found> found) {
      this.found = found;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      found.add(
          new Found(
              file.normalize(), attributes.size(), attributes.lastModifiedTime().toInstant()));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE; // somebody was faster
      }
      throw failure;
    }
  }

  private static final class Pruner extends SimpleFileVisitor<Path> {
    private final Path root;

    private Pruner(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult postVisitDirectory(
        Path directory, @org.jspecify.annotations.Nullable IOException failure) throws IOException {
      if (!directory.equals(root)) {
        try {
          Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException e) {
          return FileVisitResult.CONTINUE; // as most are
        }
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
