package dev.kith.project;

import dev.kith.model.SourceSpan;
import dev.kith.model.TableName;

/**
 * A file that defines something.
 *
 * @param path relative to the project folder, with forward slashes
 * @param text without a byte order mark
 */
record ProjectFile(Kind kind, String path, TableName name, String text) {

  enum Kind {
    SOURCE("sources", ".yaml"),
    TABLE("tables", ".sql"),
    PROFILE("profiles", ".yaml"),
    DATASET("datasets", ".yaml"),
    TEST("tests", ".yaml");

    private final String folder;
    private final String ending;

    Kind(String folder, String ending) {
      this.folder = folder;
      this.ending = ending;
    }

    /** Whether files of this kind define what can be read under their name. */
    boolean isDefinition() {
      return this != TEST;
    }

    String folder() {
      return folder;
    }

    String ending() {
      return ending;
    }
  }

  SourceSpan start() {
    return SourceSpan.startOf(path);
  }
}
