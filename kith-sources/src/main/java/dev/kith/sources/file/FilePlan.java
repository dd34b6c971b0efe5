package dev.kith.sources.file;

import dev.kith.model.Diagnostic;
import dev.kith.model.KithException;
import dev.kith.model.Located;
import dev.kith.model.definition.SourceDefinition.FileFormat;
import dev.kith.model.definition.SourceDefinition.Origin;
import dev.kith.sources.fault.SourceCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which files of a source have records that have not been taken.
 *
 * <p>A file whose size and time of change are as they were is not opened. Else its content up to
 * where it was taken must have the same digest: then it is unchanged, or has grown at its end.
 *
 * @param tasks new and grown files, by name
 * @param kept states of files that are unchanged
 * @param removed states of files that are gone
 */
public record FilePlan(
    List<FileTask> tasks,
    Map<String, FileState> kept,
    List<FileState> removed,
    List<Diagnostic> warnings) {

  /**
   * Looks at the files.
   *
   * @param taken what was taken before, by path
   * @param begun whether anything was ever taken, from files that may be gone: that none matches is
   *     a warning then
   */
  public static FilePlan of(
      Origin.Files origin, Path project, Map<String, FileState> taken, boolean begun, Instant now) {
    FilePaths paths = new FilePaths(project);
    Map<String, Path> found = new TreeMap<>();
    List<Diagnostic> warnings = new ArrayList<>();
    for (Located<String> pattern : origin.paths()) {
      Map<String, Path> matches = paths.find(pattern);
      if (!FilePaths.isGlob(pattern.value())) {
        matches.entrySet().removeIf(entry -> isGone(entry.getValue(), entry.getKey(), taken));
      } else if (matches.isEmpty()) {
        warnings.add(nothingMatches(pattern, begun));
      }
      found.putAll(matches);
    }
    Map<String, FileState> kept = new TreeMap<>();
    List<FileTask> tasks = new ArrayList<>();
    found.forEach(
        (name, path) -> {
          FileFormat format = FilePaths.format(name, origin.format());
          FileState before = taken.get(name);
          FileTask task = FileTask.of(path, name, format, 0, now);
          if (before == null) {
            tasks.add(task);
          } else if (isUntouched(before, task)) {
            kept.put(name, before);
          } else {
            look(before, task, kept, tasks);
          }
        });
    List<FileState> removed =
        taken.values().stream().filter(state -> !found.containsKey(state.path())).toList();
    return new FilePlan(List.copyOf(tasks), kept, removed, warnings);
  }

  private static boolean isGone(Path path, String name, Map<String, FileState> taken) {
    if (Files.isRegularFile(path)) {
      return false;
    }
    if (!taken.containsKey(name)) {
      throw FileFaults.missing(name);
    }
    return true;
  }

  private static Diagnostic nothingMatches(Located<String> glob, boolean begun) {
    if (!begun) {
      throw KithException.project(
              SourceCode.NOTHING_MATCHES,
              glob.span().toString(),
              "Cannot find a file that matches '%s'".formatted(glob.value()))
          .withHelp("Patterns are relative to the project folder");
    }
    return Diagnostic.warning(
        SourceCode.NOTHING_TO_READ,
        glob.span(),
        "no file matches '%s' any more".formatted(glob.value()));
  }

  private static boolean isUntouched(FileState before, FileTask task) {
    return before.modified() != 0
        && before.modified() == task.modified()
        && before.size() == task.size();
  }

  private static void look(
      FileState before, FileTask task, Map<String, FileState> kept, List<FileTask> tasks) {
    if (task.format() == FileFormat.PARQUET) {
      boolean same =
          before.size() == task.size()
              && before.digest().equals(ParquetFooter.digest(task.path(), task.name()));
      if (!same) {
        throw FileFaults.changed(task.name(), "it was changed after it was read");
      }
      kept.put(task.name(), seenAgain(before, task));
    } else if (hasGrown(before, task)) {
      tasks.add(
          new FileTask(
              task.path(),
              task.name(),
              task.format(),
              before.records(),
              task.size(),
              task.modified()));
    } else {
      kept.put(task.name(), seenAgain(before, task));
    }
  }

  private static FileState seenAgain(FileState before, FileTask task) {
    return new FileState(
        before.path(),
        task.size(),
        task.modified(),
        before.bytes(),
        before.records(),
        before.digest(),
        before.endsWithLine());
  }

  private static boolean hasGrown(FileState before, FileTask task) {
    try (ContentStream content = ContentStream.open(task.path())) {
      content.readTo(before.bytes());
      if (content.length() < before.bytes()) {
        throw FileFaults.changed(task.name(), "it is shorter than when it was read");
      }
      if (!content.digest().equals(before.digest())) {
        throw FileFaults.changed(task.name(), "rows that were read before have changed");
      }
      int next = content.read();
      if (next >= 0 && !before.endsWithLine() && next != '\n' && next != '\r') {
        throw FileFaults.changed(
            task.name(), "its last line was unfinished when it was read, and has been continued");
      }
      return next >= 0;
    } catch (IOException e) {
      throw FileFaults.of(task.name(), null, e);
    }
  }

  /** Of a Parquet file that is taken as a whole. */
  public static FileState takenParquet(FileTask task) {
    return new FileState(
        task.name(),
        task.size(),
        task.modified(),
        task.size(),
        0,
        ParquetFooter.digest(task.path(), task.name()),
        true);
  }
}
