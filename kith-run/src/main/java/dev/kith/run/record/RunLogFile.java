package dev.kith.run.record;

import dev.kith.model.KithException;
import dev.kith.run.event.RunEvent;
import dev.kith.run.event.RunListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of a run's own, {@code .kith/logs/RUN.jsonl}, with a line of JSON for each event; see
 * {@link LogLines}. Each line is on its way to the disk before the run goes on. The files of the
 * last runs are kept. A run does not fail for its log: where none can be written, there is none.
 */
public final class RunLogFile implements RunListener, AutoCloseable {

  /** How many runs have a file. */
  static final int KEPT = 100;

  private static final Logger LOG = LoggerFactory.getLogger(RunLogFile.class);
  private static final String FOLDER = ".kith/logs";
  private static final String SUFFIX = ".jsonl";

  private final LogLines lines;
  private @Nullable Path path;

  private RunLogFile(@Nullable Path path, LogLines lines) {
    this.path = path;
    this.lines = lines;
  }

  /**
   * Begins a run's file, and removes those of runs long ago.
   *
   * @param folder the project's
   * @param run its name, which begins with its time
   */
  public static RunLogFile create(Path folder, String run, Clock clock) {
    LogLines lines = new LogLines(run, clock);
    Path logs = folder.resolve(FOLDER);
    try {
      Files.createDirectories(logs);
      removeOld(logs);
      Path file = Files.createFile(logs.resolve(run + SUFFIX));
      RunLogFile log = new RunLogFile(file, lines);
      log.write(lines.began());
      return log;
    } catch (IOException e) {
      LOG.debug("A run goes without its log file", e);
      return new RunLogFile(null, lines);
    }
  }

  private static void removeOld(Path logs) throws IOException {
    try (Stream<Path> files = Files.list(logs)) {
      List<Path> newestFirst =
          files
              .filter(file -> file.toString().endsWith(SUFFIX))
              .sorted(Comparator.reverseOrder())
              .toList();
      for (Path file :
          newestFirst.subList(Math.min(KEPT - 1, newestFirst.size()), newestFirst.size())) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Where it is; empty if it could not be written. */
  public Optional<Path> path() {
    return Optional.ofNullable(path);
  }

  @Override
  public void on(RunEvent event) {
    lines.of(event).ifPresent(this::write);
  }

  /** The run has done all it should. */
  public void ended(Duration duration) {
    write(lines.ended(duration));
  }

  /** The run has failed. */
  public void failed(RuntimeException fault) {
    write(fault instanceof KithException kith ? lines.failed(kith) : lines.bug(fault));
  }

  private synchronized void write(String line) {
    if (path == null) {
      return;
    }
    try {
      Files.writeString(path, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("A run goes on without its log file", e);
      path = null;
    }
  }

  /** Nothing is left open between lines. */
  @Override
  public void close() {}
}
