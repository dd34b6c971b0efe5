package dev.kith.sql;

import dev.kith.model.Fingerprint;
import java.io.IOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;

/**
 * What the engine answered before, kept in a file from one process to the next. An answer depends
 * on the question and the engine's version alone, so it never becomes wrong; a project of a
 * thousand tables that did not change need not ask anything.
 *
 * <p>A file that is missing, damaged or cannot be written costs time only.
 */
public final class Answers {

  /** Grows when questions or answers are written in another way. */
  private static final String FORM = "1";

  private static final int KEY_LENGTH = 64;

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
    try (Stream<String> lines = Files.lines(file)) {
      lines
          .filter(line -> line.length() > KEY_LENGTH && line.charAt(KEY_LENGTH) == '\t')
          .forEach(
              line -> known.put(line.substring(0, KEY_LENGTH), line.substring(KEY_LENGTH + 1)));
    } catch (IOException | java.io.UncheckedIOException e) {
      known.clear();
    }
  }

  /** Of a question, in parts. */
  String key(String... question) {
    return file.isEmpty()
        ? ""
        : Fingerprint.of(FORM, version, Fingerprint.of(question).hex()).hex();
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
    Path target = file.get();
    try {
      Files.createDirectories(target.toAbsolutePath().getParent());
      Path fresh = Files.createTempFile(target.toAbsolutePath().getParent(), "answers", ".tmp");
      try (Writer out = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
        for (Map.Entry<String, String> answer : used.entrySet()) {
          out.write(answer.getKey() + "\t" + answer.getValue() + "\n");
        }
      }
      Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
      changed = false;
    } catch (IOException e) {
      changed = false; // the next process asks again
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
