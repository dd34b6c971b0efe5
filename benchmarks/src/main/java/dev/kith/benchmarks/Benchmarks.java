package dev.kith.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;

/**
 * Measures Kith against the frozen benchmark and prints the results as Markdown. Called by {@code
 * benchmarks/run}, which says what the arguments are.
 */
final class Benchmarks {

  private Benchmarks() {}

  public static void main(String[] arguments)
      throws IOException, InterruptedException, SQLException {
    Arguments parsed = Arguments.parse(Arrays.asList(arguments));
    Path repository = Path.of(required("kith.repository"));
    Path cache = Path.of(required("kith.bench.data"));
    Setting setting =
        new Setting(
            new FrozenSql(Path.of(required("kith.bench.sql"))),
            cache,
            cache.resolve("work"),
            repository,
            parsed.size(),
            parsed.rounds(),
            parsed.memory());
    Report report = new Report();
    for (String benchmark : parsed.benchmarks()) {
      measure(benchmark, parsed, setting, report);
    }
    report.line("");
    report.line("Made by `benchmarks/run " + String.join(" ", arguments) + "` at revision");
    report.line(
        required("kith.revision") + ", " + Instant.now().truncatedTo(ChronoUnit.MINUTES) + ".");
    report.line(Machine.description() + ", flags " + setting.programs().flags() + ".");
    System.out.println(report);
    if (parsed.record()) {
      Files.writeString(
          repository.resolve("benchmarks/RESULTS.md"),
          report.toString(),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  private static void measure(String benchmark, Arguments parsed, Setting setting, Report report)
      throws IOException, InterruptedException, SQLException {
    switch (benchmark) {
      case "full-build" -> new FullBuild(setting).measure(report);
      case "memory" -> new FullBuild(setting).measureMemory(report);
      case "aggregates" -> new Gathering(setting).measure(report);
      case "update" -> new DailyUpdate(setting).measure(report);
      case "history" -> new DailyUpdate(setting).measureHistory(report);
      case "as-of" -> new AsOfRows(setting, parsed.rows()).measure(report);
      case "ingest" -> new Ingest(setting).measure(report);
      case "plan" -> new PlanScale(setting).measure(report);
      case "start-up" -> new StartUp(setting).measure(report);
      case "data" -> System.err.println(setting.events().bytes() + " bytes of events");
      default -> throw new IllegalArgumentException("Cannot find the benchmark: " + benchmark);
    }
  }

  private static String required(String property) {
    String value = System.getProperty(property);
    if (value == null) {
      throw new IllegalArgumentException("Cannot start without benchmarks/run: " + property);
    }
    return value;
  }

  /**
   * What is asked for.
   *
   * @param rows that are asked for as of instants
   * @param record whether the results are added to RESULTS.md
   */
  record Arguments(
      List<String> benchmarks,
      Size size,
      int rounds,
      String memory,
      List<AsOfRows.Rows> rows,
      boolean record) {

    static final List<String> ALL = List.of("ingest", "full-build", "plan", "start-up");

    static Arguments parse(List<String> words) {
      if (words.isEmpty()) {
        throw new IllegalArgumentException("Cannot tell what to measure: no arguments");
      }
      List<String> benchmarks = words.get(0).equals("all") ? ALL : List.of(words.get(0));
      Arguments parsed =
          new Arguments(benchmarks, Size.SMALL, 5, "8GB", List.of(AsOfRows.Rows.values()), false);
      for (int i = 1; i < words.size(); i++) {
        String word = words.get(i);
        if (word.equals("--record")) {
          parsed =
              new Arguments(
                  benchmarks, parsed.size, parsed.rounds, parsed.memory, parsed.rows, true);
          continue;
        }
        if (++i == words.size()) {
          throw new IllegalArgumentException("Cannot find the value of " + word);
        }
        parsed = parsed.with(word, words.get(i));
      }
      return parsed;
    }

    private Arguments with(String option, String value) {
      return switch (option) {
        case "--size" -> {
          Size named =
              Size.parse(value)
                  .orElseThrow(() -> new IllegalArgumentException("Cannot find size: " + value));
          yield new Arguments(benchmarks, named, rounds, memory, rows, record);
        }
        case "--rounds" ->
            new Arguments(benchmarks, size, Integer.parseInt(value), memory, rows, record);
        case "--memory" -> new Arguments(benchmarks, size, rounds, value, rows, record);
        case "--rows" -> {
          AsOfRows.Rows kind =
              AsOfRows.Rows.parse(value)
                  .orElseThrow(() -> new IllegalArgumentException("Cannot find rows: " + value));
          yield new Arguments(benchmarks, size, rounds, memory, List.of(kind), record);
        }
        default -> throw new IllegalArgumentException("Cannot read the option: " + option);
      };
    }
  }
}
