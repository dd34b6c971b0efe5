package dev.kith.run;

import dev.kith.engine.EngineCode;
import dev.kith.model.KithException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for files that nobody needs later; closing deletes it. */
record ScratchFolder(Path path) implements AutoCloseable {

  static ScratchFolder create() {
    try {
      return new ScratchFolder(Files.createTempDirectory("kith-"));
    } catch (IOException e) {
      throw KithException.outside(
          EngineCode.FILE_ACCESS_FAILED,
          "a temporary folder",
          "Cannot make a temporary folder: " + e.getMessage(),
          e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(path)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // The system clears its folder of temporary files.
    }
  }
}
