package dev.kith.sql;

import dev.kith.model.Fingerprint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.duckdb.DuckDBDriver;

/**
 * What was found out about SQL before, kept in a file from one process to the next: what the engine
 * answered, and what Kith concluded. That depends on the question, the engine's version and Kith's
 * own code alone, so it never becomes wrong; a project of a thousand tables that did not change
 * need neither ask nor conclude anything.
 *
 * <p>A file that is missing, damaged, too large or cannot be written costs time only. Its first
 * line is a checksum of the rest; a process that writes puts a whole file in the place of the
 * other's.
 */
public final class Answers {

  /** Grows when questions or answers are written in another way. */
  private static final String FORM = "3";

  private static final int KEY_LENGTH = 64;

  /** Of a file: some ten thousand tables. */
  private static final int MOST_BYTES = 64 << 20;

  private final Optional<Path> file;
  private final String version;

  /** Parts of the file's bytes, most of which are never made into text, or bytes of their own. */
  private final Map<String, ByteBuffer> known = new HashMap<>();

  private final TreeSet<String> used = new TreeSet<>();
  private boolean changed;

  private Answers(Optional<Path> file, String version) {
    this.file = file;
    this.version = version;
  }

  /** Remembers nothing. */
  public static Answers none() {
    return new Answers(Optional.empty(), "");
  }

  /** The answers that a file has, for these versions of the engine and of Kith. */
  public static Answers in(Path file) {
    Optional<String> version = version();
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
        byte[] whole = Files.readAllBytes(file);
        int body = Math.min(endOfLine(whole, 0) + 1, whole.length);
        if (new String(whole, 0, body, StandardCharsets.US_ASCII)
            .strip()
            .equals(checksum(whole, body))) {
          lines(whole, body);
        }
      }
    } catch (IOException e) {
      known.clear(); // the engine is asked again
    }
  }

  private void lines(byte[] bytes, int body) {
    for (int start = body; start < bytes.length; ) {
      int end = endOfLine(bytes, start);
      String key = new String(bytes, start, KEY_LENGTH, StandardCharsets.US_ASCII);
      int answer = start + KEY_LENGTH + 1;
      known.put(key, ByteBuffer.wrap(bytes, answer, end - answer));
      start = end + 1;
    }
  }

  /** The place of the next line feed, or the end. */
  private static int endOfLine(byte[] bytes, int start) {
    int end = start;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  private static String checksum(byte[] bytes, int from) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, from, bytes.length - from);
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
    keep(key);
    return Optional.ofNullable(known.get(key)).map(Answers::text);
  }

  private static String text(ByteBuffer answer) {
    return StandardCharsets.UTF_8.decode(answer.duplicate()).toString();
  }

  /** Has an answer, if there is one, outlast this process, as if it had been asked for. */
  void keep(String key) {
    if (known.containsKey(key)) {
      used.add(key);
    }
  }

  void put(String key, String answer) {
    if (file.isPresent() && answer.indexOf('\n') < 0) {
      known.put(key, ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
      used.add(key);
      changed = true;
    }
  }

  /** Writes what was asked for since the file was read; the rest is forgotten. */
  public void write() {
    if (file.isEmpty() || !changed) {
      return;
    }
    changed = false;
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (String key : used) {
      ByteBuffer answer = Objects.requireNonNull(known.get(key));
      body.writeBytes((key + "\t").getBytes(StandardCharsets.US_ASCII));
      body.writeBytes(text(answer).getBytes(StandardCharsets.UTF_8));
      body.write('\n');
    }
    byte[] bytes = body.toByteArray();
    if (bytes.length <= MOST_BYTES) {
      replace(file.get().toAbsolutePath(), checksum(bytes, 0) + "\n", bytes);
    }
  }

  private static void replace(Path target, String head, byte[] body) {
    try {
      Files.createDirectories(target.getParent());
      Path fresh = Files.createTempFile(target.getParent(), "answers", ".tmp");
      try {
        try (var out = Files.newOutputStream(fresh)) {
          out.write(head.getBytes(StandardCharsets.US_ASCII));
          out.write(body);
        }
        Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      return; // the next process asks again
    }
  }

  /** Nothing where the engine is not in a jar of its own. */
  private static Optional<String> version() {
    try {
      Path engine = home(DuckDBDriver.class);
      if (!Files.isRegularFile(engine)) {
        return Optional.empty();
      }
      String kith = codeOf(Answers.class) + " " + codeOf(Fingerprint.class);
      try (JarFile opened = new JarFile(engine.toFile())) {
        return Optional.ofNullable(
                opened.getManifest().getMainAttributes().getValue("Bundle-Version"))
            .map(version -> version + " " + kith);
      }
    } catch (IOException | URISyntaxException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static Path home(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** A checksum of all classes beside a class: what they conclude holds for themselves only. */
  private static String codeOf(Class<?> type) throws IOException, URISyntaxException {
    CRC32C sum = new CRC32C();
    try (Stream<Path> files = Files.walk(home(type))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        sum.update(Files.readAllBytes(file));
      }
    }
    return Long.toHexString(sum.getValue());
  }
}
