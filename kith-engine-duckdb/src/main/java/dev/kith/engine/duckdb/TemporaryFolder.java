package dev.kith.engine.duckdb;

import dev.kith.engine.EngineCode;
import dev.kith.model.KithException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder of this process's own below the one for temporary files; gone when it is closed. */
final class TemporaryFolder implements AutoCloseable {

  private static final String PREFIX = "engine-";

  private final Path path;

  private TemporaryFolder(Path path) {
    this.path = path;
  }

  /** Makes one, and removes what processes that were killed have left behind. */
  static TemporaryFolder create(Path parent) {
    try {
      Files.createDirectories(parent);
      removeLeftovers(parent);
      String prefix = PREFIX + ProcessHandle.current().pid() + "-";
      return new TemporaryFolder(Files.createTempDirectory(parent, prefix).toRealPath());
    } catch (IOException e) {
      throw KithException.outside(
          EngineCode.FILE_ACCESS_FAILED,
          parent.toString(),
          "Cannot make a folder for temporary files: " + parent,
          e);
    }
  }

  Path path() {
    return path;
  }

  /** Where DuckDB spills. */
  Path spill() {
    return path.resolve("spill");
  }

  /** A new folder in it. */
  Path newFolder(String prefix) {
    try {
      return Files.createTempDirectory(path, prefix);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes a folder and all that is in it; what can't be removed stays. */
  static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      paths.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      // A rest does no harm: it is removed with the temporary folder or by the next process.
    }
  }

  @Override
  public void close() {
    delete(path);
  }

  private static void removeLeftovers(Path parent) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        String owner = folder.getFileName().toString().split("-", -1)[1];
        if (owner.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(owner)).isEmpty()) {
          delete(folder);
        }
      }
    }
  }
}
