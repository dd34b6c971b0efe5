package dev.kith.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.model.KithException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file in a warehouse's folder that says how it is laid out.
 *
 * @param version of the layout of folders and files
 * @param root the folder as paths in Iceberg's metadata begin
 */
record WarehouseFormat(int version, String root) {

  static final int CURRENT = 1;

  private static final String FILE = "kith-warehouse.json";
  private static final JsonMapper JSON = new JsonMapper();

  /** What the folder says; nothing if it is no warehouse yet. */
  static Optional<WarehouseFormat> read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode node = JSON.readTree(Files.readString(file));
      int version = node.path("format-version").asInt();
      if (version > CURRENT) {
        throw KithException.project(
                LakeCode.NEWER_FORMAT,
                folder.toString(),
                "Cannot open the warehouse '"
                    + folder
                    + "': its format version is "
                    + version
                    + ", this Kith knows versions up to "
                    + CURRENT)
            .withHelp("use the version of Kith that wrote it, or a later one");
      }
      if (version < 1 || !node.path("root").isTextual()) {
        throw damaged(file, null);
      }
      return Optional.of(new WarehouseFormat(version, node.path("root").asText()));
    } catch (JsonProcessingException e) {
      throw damaged(file, e);
    }
  }

  /** Marks the folder as a warehouse; in one step, so that a half-written mark is never seen. */
  void write(Path folder) throws IOException {
    ObjectNode node = JSON.createObjectNode().put("format-version", version).put("root", root);
    AtomicFiles.write(folder.resolve(FILE), node.toPrettyString() + "\n");
  }

  private static KithException damaged(Path file, @org.jspecify.annotations.Nullable Exception e) {
    return KithException.outside(
        LakeCode.CANNOT_READ, file.toString(), "Cannot read the warehouse's format: " + file, e);
  }
}
