package dev.kith.sql;

import dev.kith.model.Fingerprint;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.zip.CRC32C;
import org.duckdb.DuckDBDriver;

/**
 * What the engine answered before, kept in a file from one process to the next. An answer depends
 * on the question and the engine's version alone, so it never becomes wrong; a project of a
 * thousand tables that did not change need not ask anything.
 *
 * <p>A file that is missing, damaged, too large or cannot be written costs time only. Its first
 * line is a checksum of the rest; a process that writes puts a whole file in the place of the
 * other's.
 */
public final class Answers {

  /** Grows when questions or answers are written in another way. */
  private static final String FORM = "2";

  private static final int KEY_LENGTH = 64;

  /** Of a file: some ten thousand tables. */
  private static final int MOST_BYTES = 64 << 20;

  private final Optional<Path> file;
  private final String version;
  private final Map<String, String> known = new HashMap<>();
  private final Map<String, String> used = new TreeMap<>();
  private boolean changed;

  private Answers(Optional<Path> file, String version) {
    this.file = file;
    this.version = version;
  }

  /** Remembers nothing. */
  public static Answers none() {
    return new Answers(Optional.empty(), "");
  }

  /** The answers that a file has, for this version of the engine. */
  public static Answers in(Path file) {
    Optional<String> version = engineVersion();
    if (version.isEmpty()) {
      return none();
    }
    Answers answers = new Answers(Optional.of(file), version.get());
    if (Files.isRegularFile(file)) {
      answers.read(file);
    }
    return answers;
  }

  private void read(Path file) {
    try {
      if (Files.size(file) <= MOST_BYTES) {
        String text = Files.readString(file);
        int body = text.indexOf('\n') + 1;
        if (text.substring(0, body).strip().equals(checksum(text.substring(body)))) {
          text.substring(body).lines().forEach(this::line);
        }
      }
    } catch (IOException e) {
      known.clear(); // the engine is asked again
    }
  }

  private void line(String line) {
    known.put(line.substring(0, KEY_LENGTH), line.substring(KEY_LENGTH + 1));
  }

  private static String checksum(String text) {
    CRC32C sum = new CRC32C();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(sum.getValue());
  }

  /** Of a question, in parts. */
  String key(String... question) {
    if (file.isEmpty()) {
      return "";
    }
    List<String> parts = new ArrayList<>(List.of(FORM, version));
    parts.addAll(Arrays.asList(question));
    return Fingerprint.of(parts).hex();
  }

  Optional<String> find(String key) {
    String answer = known.get(key);
    if (answer != null) {
      used.put(key, answer);
    }
    return Optional.ofNullable(answer);
  }

  void put(String key, String answer) {
    if (file.isPresent() && answer.indexOf('\n') < 0) {
      known.put(key, answer);
      used.put(key, answer);
      changed = true;
    }
  }

  /** Writes what was asked for since the file was read; the rest is forgotten. */
  public void write() {
    if (file.isEmpty() || !changed) {
      return;
    }
    changed = false;
    StringBuilder text = new StringBuilder();
    used.forEach((key, answer) -> text.append(key).append('\t').append(answer).append('\n'));
    byte[] whole = (checksum(text.toString()) + "\n" + text).getBytes(StandardCharsets.UTF_8);
    if (whole.length <= MOST_BYTES) {
      replace(file.get().toAbsolutePath(), whole);
    }
  }

  private static void replace(Path target, byte[] content) {
    try {
      Files.createDirectories(target.getParent());
      Path fresh = Files.createTempFile(target.getParent(), "answers", ".tmp");
      try {
        Files.write(fresh, content);
        Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      return; // the next process asks again
    }
  }

  /** Nothing where the engine is not in a jar of its own. */
  private static Optional<String> engineVersion() {
    try {
      Path jar =
          Path.of(DuckDBDriver.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (!Files.isRegularFile(jar)) {
        return Optional.empty();
      }
      try (JarFile opened = new JarFile(jar.toFile())) {
        return Optional.ofNullable(
            opened.getManifest().getMainAttributes().getValue("Bundle-Version"));
      }
    } catch (IOException | URISyntaxException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
