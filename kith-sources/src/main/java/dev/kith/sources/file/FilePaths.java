package dev.kith.sources.file;

import dev.kith.model.KithException;
import dev.kith.model.Located;
import dev.kith.model.definition.SourceDefinition.FileFormat;
import dev.kith.sources.fault.SourceCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Finds the files of a source by path and glob. */
public final class FilePaths {

  private final Path project;

  FilePaths(Path project) {
    this.project = project.toAbsolutePath().normalize();
  }

  static boolean isGlob(String pattern) {
    return pattern.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  /** Files that a path or glob stands for, by name; a path's file may not exist. */
  Map<String, Path> find(Located<String> pattern) {
    try {
      String text = pattern.value();
      Map<String, Path> found = new TreeMap<>();
      if (isGlob(text)) {
        walk(text).forEach(path -> found.put(name(path), path));
      } else {
        Path path = project.resolve(text).normalize();
        found.put(name(path), path);
      }
      return found;
    } catch (InvalidPathException | PatternSyntaxException | IOException e) {
      throw KithException.project(
          SourceCode.BAD_OPTION,
          pattern.span().toString(),
          "Cannot look for files '%s': %s".formatted(pattern.value(), e.getMessage()));
    }
  }

  private List<Path> walk(String glob) throws IOException {
    int star = firstSpecial(glob);
    int slash = glob.lastIndexOf('/', star);
    Path base = project.resolve(slash < 0 ? "" : glob.substring(0, slash + 1)).normalize();
    if (!Files.isDirectory(base)) {
      return List.of();
    }
    String rest = glob.substring(slash + 1);
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + rest);
    int depth = rest.contains("**") ? Integer.MAX_VALUE : (int) levels(rest);
    try (Stream<Path> all = Files.walk(base, depth, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(path -> matcher.matches(base.relativize(path)))
          .filter(Files::isRegularFile)
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static long levels(String glob) {
    return 1 + glob.chars().filter(c -> c == '/').count();
  }

  private static int firstSpecial(String glob) {
    for (int i = 0; i < glob.length(); i++) {
      if ("*?[{".indexOf(glob.charAt(i)) >= 0) {
        return i;
      }
    }
    return glob.length();
  }

  private String name(Path path) {
    Path shown = path.startsWith(project) ? project.relativize(path) : path;
    return shown.toString().replace('\\', '/');
  }

  /** The format that a name's ending tells. */
  public static FileFormat format(String name, Optional<FileFormat> declared) {
    if (declared.isPresent()) {
      return declared.get();
    }
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("\\.(gz|gzip|zst|zstd)$", "");
    String ending = plain.substring(plain.lastIndexOf('.') + 1);
    return switch (ending) {
      case "csv" -> FileFormat.CSV;
      case "tsv", "tab" -> FileFormat.TSV;
      case "json" -> FileFormat.JSON;
      case "ndjson", "jsonl" -> FileFormat.NDJSON;
      case "parquet" -> FileFormat.PARQUET;
      default ->
          throw KithException.project(
                  SourceCode.BAD_OPTION,
                  name,
                  "Cannot tell the format of %s by its name".formatted(name))
              .withHelp("Say 'format: csv', tsv, json, ndjson or parquet below 'from:'");
    };
  }
}
