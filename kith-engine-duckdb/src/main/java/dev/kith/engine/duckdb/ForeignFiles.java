package dev.kith.engine.duckdb;

import dev.kith.engine.EngineCode;
import dev.kith.model.KithException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Files from outside the warehouse. SQL can't reach them where they are, so they get a second name
 * in the temporary folder; across file systems that is a copy.
 */
final class ForeignFiles implements AutoCloseable {

  private final TemporaryFolder temporary;
  private final Map<String, Path> folders = new HashMap<>();

  ForeignFiles(TemporaryFolder temporary) {
    this.temporary = temporary;
  }

  /**
   * A query over the files, with their own names as {@code filename}.
   *
   * @param name under which they can be {@link #release released}
   */
  String parquet(String name, List<Path> files) {
    release(name);
    Path folder = temporary.newFolder("files-");
    folders.put(name, folder);
    List<String> links = new ArrayList<>();
    for (Path file : files) {
      links.add(link(file, folder.resolve(links.size() + ".parquet")).toString());
    }
    return "SELECT f.*, %s[CAST(f.file_index AS BIGINT) + 1] AS filename, f.file_row_number AS file_row_number FROM read_parquet(%s, union_by_name = true, hive_partitioning = false) AS f"
        .formatted(Sql.list(files.stream().map(Path::toString).toList()), Sql.list(links));
  }

  /** Forgets the second names. */
  void release(String name) {
    Path folder = folders.remove(name);
    if (folder != null) {
      TemporaryFolder.delete(folder);
    }
  }

  @Override
  public void close() {
    folders.values().forEach(TemporaryFolder::delete);
    folders.clear();
  }

  private static Path link(Path file, Path link) {
    try {
      Path real = file.toRealPath();
      try {
        return Files.createLink(link, real);
      } catch (IOException | UnsupportedOperationException e) {
        return Files.copy(real, link);
      }
    } catch (IOException e) {
      throw KithException.outside(
          EngineCode.FILE_ACCESS_FAILED, file.toString(), "Cannot read the file: " + file, e);
    }
  }
}
