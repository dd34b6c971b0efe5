package dev.kith.sources.file;

import dev.kith.model.definition.SourceDefinition.FileFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A file with records that have not been taken.
 *
 * @param name as {@link FileState#path()}
 * @param skip how many records at its start have been taken
 * @param size of the file in bytes
 * @param modified as {@link FileState#modified()}
 */
public record FileTask(
    Path path, String name, FileFormat format, long skip, long size, long modified) {

  /** A clock may give two changes within this the same time. */
  private static final long INDISTINCT_MILLIS = 2000;

  static FileTask of(Path path, String name, FileFormat format, long skip, Instant now) {
    try {
      long modified = Files.getLastModifiedTime(path).toMillis();
      boolean settled = modified < now.toEpochMilli() - INDISTINCT_MILLIS;
      return new FileTask(path, name, format, skip, Files.size(path), settled ? modified : 0);
    } catch (IOException e) {
      throw FileFaults.of(name, null, e);
    }
  }

  /** The state once everything was taken. */
  public FileState taken(OpenFile.Extent extent) {
    return new FileState(
        name,
        size,
        modified,
        extent.bytes(),
        extent.records(),
        extent.digest(),
        extent.endsWithLine());
  }
}
