package dev.kith.cli;

import dev.kith.model.KithException;
import dev.kith.project.JsonSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The JSON Schemas beside a project's tables, which the files that {@code kith init} writes name in
 * their first line. A clone of the project's repository has none, and another version of Kith has
 * others, so commands that check definitions bring them up to date.
 */
final class EditorSchemas {

  private EditorSchemas() {}

  /** Writes those that are missing or differ. */
  static void refresh(Path project) {
    Path folder = project.resolve(".kith/schemas");
    try {
      Files.createDirectories(folder);
      for (Map.Entry<String, String> schema : JsonSchemas.all().entrySet()) {
        Path file = folder.resolve(schema.getKey());
        if (!Files.exists(file) || !Files.readString(file).equals(schema.getValue())) {
          Files.writeString(file, schema.getValue());
        }
      }
    } catch (IOException e) {
      throw KithException.outside(
          CliCode.CANNOT_WRITE,
          folder.toString(),
          "Cannot write the schemas for editors: " + e.getMessage(),
          e);
    }
  }
}
