package dev.kith.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Provenance as properties of a snapshot's summary. */
final class ProvenanceSummary {

  /** Marks a commit that only moved rows to other files. */
  static final String COMPACTION = "kith.compaction";

  /** Tells one attempt to commit from all others, when its outcome was not heard. */
  static final String COMMIT = "kith.commit";

  private static final String RUN = "kith.run";
  private static final String DEFINITION = "kith.definition";
  private static final String INPUTS = "kith.inputs";
  private static final String USES = "kith.uses";
  private static final String AS_OF = "kith.as-of";
  private static final String BATCH = "kith.batch";
  private static final String CURSOR = "kith.cursor";
  private static final String CURSOR_FILE = "kith.cursor-file";

  /** A longer cursor is kept in a file: a summary is copied with every version of the metadata. */
  private static final int INLINE_CURSOR_BYTES = 4096;

  private static final JsonMapper JSON = new JsonMapper();

  private ProvenanceSummary() {}

  /**
   * The properties of the next commit: what the provenance sets, and what it leaves open as it was.
   *
   * @param previous the summary of the head
   * @param cursors a folder for cursors that are too long
   */
  static Map<String, String> next(
      Map<String, String> previous, Provenance provenance, Path cursors) {
    Map<String, String> next = carried(previous);
    next.put(RUN, provenance.run());
    next.put(DEFINITION, provenance.definition());
    next.put(INPUTS, write(provenance.inputs()));
    next.remove(USES); // what an earlier commit used says nothing about this one
    if (!provenance.uses().isEmpty()) {
      next.put(USES, InputUseJson.write(provenance.uses()).toString());
    }
    provenance.asOf().ifPresent(asOf -> next.put(AS_OF, asOf.toString()));
    provenance.batch().ifPresent(batch -> next.put(BATCH, batch));
    provenance.cursor().ifPresent(cursor -> putCursor(next, cursor, cursors));
    return next;
  }

  /** The properties of a commit that makes nothing new, such as a compaction. */
  static Map<String, String> carried(Map<String, String> previous) {
    Map<String, String> carried = new TreeMap<>();
    previous.forEach(
        (name, value) -> {
          if (name.startsWith("kith.") && !name.equals(COMPACTION) && !name.equals(COMMIT)) {
            carried.put(name, value);
          }
        });
    return carried;
  }

  static Provenance read(Map<String, String> summary, Path cursors) {
    return new Provenance(
        summary.getOrDefault(RUN, ""),
        summary.getOrDefault(DEFINITION, ""),
        readInputs(summary.get(INPUTS)),
        readUses(summary.get(USES)),
        Optional.ofNullable(summary.get(AS_OF)).map(Instant::parse),
        Optional.ofNullable(summary.get(BATCH)),
        readCursor(summary, cursors));
  }

  private static void putCursor(Map<String, String> next, String cursor, Path cursors) {
    next.remove(CURSOR);
    next.remove(CURSOR_FILE);
    if (cursor.getBytes(StandardCharsets.UTF_8).length <= INLINE_CURSOR_BYTES) {
      next.put(CURSOR, cursor);
      return;
    }
    String name = UUID.randomUUID() + ".cursor";
    LakeFaults.during(
        "write a cursor",
        name,
        () -> {
          AtomicFiles.write(cursors.resolve(name), cursor);
          return true;
        });
    next.put(CURSOR_FILE, name);
  }

  /** The name of the file with the cursor, where it was too long. */
  static Optional<String> cursorFile(Map<String, String> summary) {
    return Optional.ofNullable(summary.get(CURSOR_FILE));
  }

  private static Optional<String> readCursor(Map<String, String> summary, Path cursors) {
    String name = summary.get(CURSOR_FILE);
    if (name == null) {
      return Optional.ofNullable(summary.get(CURSOR));
    }
    try {
      return Optional.of(Files.readString(cursors.resolve(name)));
    } catch (IOException e) {
      throw dev.kith.model.KithException.outside(
          LakeCode.CANNOT_READ, name, "Cannot read a cursor: " + cursors.resolve(name), e);
    }
  }

  private static String write(Map<String, Long> inputs) {
    try {
      return JSON.writeValueAsString(inputs);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A map of numbers is always JSON", e);
    }
  }

  private static Map<String, InputUse> readUses(@Nullable String json) {
    try {
      return json == null ? Map.of() : InputUseJson.read(JSON.readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot read what a snapshot used: " + json, e);
    }
  }

  private static Map<String, Long> readInputs(@Nullable String json) {
    if (json == null) {
      return Map.of();
    }
    try {
      return JSON.readValue(json, new TypeReference<Map<String, Long>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot read the inputs of a snapshot: " + json, e);
    }
  }
}
