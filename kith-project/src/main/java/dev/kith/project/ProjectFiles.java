package dev.kith.project;

import dev.kith.model.Diagnostic;
import dev.kith.model.Problems;
import dev.kith.model.SourceSpan;
import dev.kith.model.Suggestion;
import dev.kith.model.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Finds the files of a project. */
final class ProjectFiles {

  private static final List<String> LATER = List.of("segments", "experiments", "models");

  /** Schemas that DuckDB or Kith has already. */
  private static final Set<String> RESERVED_SCHEMAS =
      Set.of("kith", "prod", "main", "temp", "system", "information_schema", "pg_catalog");

  private final Path root;
  private final Problems problems;
  private final Consumer<TableName> unreadable;
  private final List<ProjectFile> found = new ArrayList<>();

  private ProjectFiles(Path root, Problems problems, Consumer<TableName> unreadable) {
    this.root = root;
    this.problems = problems;
    this.unreadable = unreadable;
  }

  /**
   * All definition files in order; what is misplaced is reported.
   *
   * @param unreadable takes the names of definitions whose files cannot be read
   */
  static List<ProjectFile> find(Path root, Problems problems, Consumer<TableName> unreadable) {
    ProjectFiles files = new ProjectFiles(root, problems, unreadable);
    for (ProjectFile.Kind kind : ProjectFile.Kind.values()) {
      files.folder(kind, root.resolve(kind.folder()), Optional.empty());
    }
    files.otherFolders();
    return files.found;
  }

  private void folder(ProjectFile.Kind kind, Path folder, Optional<String> schema) {
    for (Path entry : entries(folder)) {
      String name = entry.getFileName().toString();
      if (!Files.isDirectory(entry)) {
        file(kind, entry, schema);
      } else if (schema.isEmpty()) {
        schema(kind, entry, name);
      } else {
        definitions(entry).stream()
            .findFirst()
            .ifPresent(
                file ->
                    misplaced(
                        file,
                        "Kith ignores this file: a schema has no folders",
                        "move it to '" + kind.folder() + "/" + schema.get() + "/'"));
      }
    }
  }

  private void schema(ProjectFile.Kind kind, Path folder, String name) {
    if (RESERVED_SCHEMAS.contains(name.toLowerCase(Locale.ROOT))) {
      report(folder, ProjectCode.RESERVED_NAME, "the schema '" + name + "' is reserved");
    } else if (!Format.isName(name)) {
      report(folder, ProjectCode.INVALID_NAME, "'" + name + "' is not a valid name of a schema");
    } else {
      folder(kind, folder, Optional.of(name));
    }
  }

  private void file(ProjectFile.Kind kind, Path file, Optional<String> schema) {
    String fileName = file.getFileName().toString();
    if (!fileName.endsWith(kind.ending())) {
      if (isDefinition(file) || fileName.endsWith(".json")) {
        misplaced(
            file,
            "Kith ignores this file: '" + kind.folder() + "/' holds " + kind.ending() + " files",
            "rename or move it");
      }
      return;
    }
    String stem = fileName.substring(0, fileName.length() - kind.ending().length());
    if (!Format.isName(stem)) {
      report(file, ProjectCode.INVALID_NAME, "'" + stem + "' is not a valid name");
      return;
    }
    String path = path(file);
    TableName name = new TableName(schema, stem);
    FileText.read(file, path, problems)
        .ifPresentOrElse(
            text -> found.add(new ProjectFile(kind, path, name, text)),
            () -> {
              if (kind.isDefinition()) {
                unreadable.accept(name);
              }
            });
  }

  private void otherFolders() {
    List<String> known = new ArrayList<>(LATER);
    Arrays.stream(ProjectFile.Kind.values()).map(ProjectFile.Kind::folder).forEach(known::add);
    for (Path folder : entries(root)) {
      String name = folder.getFileName().toString();
      Optional<String> meant =
          known.contains(name) ? Optional.empty() : Suggestion.didYouMean(name, known);
      if (!Files.isDirectory(folder) || (meant.isEmpty() && !LATER.contains(name))) {
        continue; // data may be there, which is not to be walked
      }
      Optional<Path> first = definitions(folder).stream().findFirst();
      if (first.isPresent() && meant.isEmpty()) {
        problems.add(
            Diagnostic.warning(
                ProjectCode.NOT_YET,
                SourceSpan.startOf(path(first.get())),
                "files in '" + name + "/' do nothing in this version of Kith"));
      } else if (first.isPresent()) {
        misplaced(
            first.get(),
            "Kith ignores this file: it does not look into '" + name + "/'",
            meant.orElseThrow());
      }
    }
  }

  private void misplaced(Path file, String message, String help) {
    problems.add(
        Diagnostic.error(
            ProjectCode.MISPLACED_FILE, SourceSpan.startOf(path(file)), message, help));
  }

  private void report(Path path, ProjectCode code, String message) {
    problems.add(
        Diagnostic.error(
            code,
            SourceSpan.startOf(path(path)),
            message,
            code == ProjectCode.INVALID_NAME
                ? "use ASCII letters, digits and _, a letter first"
                : "choose another name"));
  }

  private List<Path> definitions(Path folder) {
    List<Path> files = new ArrayList<>();
    for (Path entry : entries(folder)) {
      if (Files.isDirectory(entry)) {
        files.addAll(definitions(entry));
      } else if (isDefinition(entry)) {
        files.add(entry);
      }
    }
    return files;
  }

  private static boolean isDefinition(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".sql");
  }

  /** In order of their names; hidden ones are left out. */
  private List<Path> entries(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      problems.add(
          Diagnostic.error(
              ProjectCode.UNREADABLE_FILE,
              SourceSpan.startOf(path(folder)),
              "the folder cannot be read (" + e.getClass().getSimpleName() + ")"));
      return List.of();
    }
  }

  private String path(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }
}
