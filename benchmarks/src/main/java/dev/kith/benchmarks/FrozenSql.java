package dev.kith.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The statements of the frozen benchmark, which are kept outside this repository. */
final class FrozenSql {

  private static final Pattern PARAMETER = Pattern.compile("\\$\\{([A-Z]+)}");

  private final Path folder;

  FrozenSql(Path folder) {
    if (!Files.isRegularFile(folder.resolve("expert-full.sql"))) {
      throw new IllegalArgumentException(
          "Cannot find the frozen benchmark (KITH_BENCH_SQL names its folder): " + folder);
    }
    this.folder = folder;
  }

  /** A file's text with its parameters filled in. */
  String filled(String file, Map<String, String> parameters) {
    try {
      return fill(Files.readString(folder.resolve(file)), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts values in place of {@code ${NAME}}; comments, which explain the names, are dropped. */
  static String fill(String template, Map<String, String> parameters) {
    StringBuilder statement = new StringBuilder();
    template
        .lines()
        .filter(line -> !line.startsWith("--"))
        .forEach(l -> statement.append(l + "\n"));
    return PARAMETER
        .matcher(statement)
        .replaceAll(
            match -> {
              String value = parameters.get(match.group(1));
              if (value == null) {
                throw new IllegalArgumentException("Cannot fill in: " + match.group());
              }
              return Matcher.quoteReplacement(value);
            });
  }
}
