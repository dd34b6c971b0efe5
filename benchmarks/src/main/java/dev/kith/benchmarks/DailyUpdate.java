package dev.kith.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Seven days one after another: the events of each are ingested, the profile is brought up to date
 * and published. The yardstick is the full build, which is measured before the first day and after
 * the last; the rows are compared with the expert's in the end.
 */
final class DailyUpdate {

  private static final int DAYS = 7;

  private final Setting setting;
  private final Programs programs;
  private final EventFiles events;

  DailyUpdate(Setting setting) throws IOException, SQLException {
    this.setting = setting;
    this.programs = setting.programs();
    this.events = setting.events();
  }

  void measure(Report report) throws IOException, InterruptedException, SQLException {
    Path data = data();
    Path folder = setting.work().resolve("update-" + setting.size().text());
    KithProject project = KithProject.make(folder, data, setting.memory());
    System.err.println("Ingested: " + run(project, "update-ingest", Size.AS_OF));
    LocalDate day = LocalDate.parse(Size.AS_OF);
    project.profile("customer");
    List<Trial> full = new ArrayList<>();
    full.add(run(project, "update-full", day.toString()));
    List<Trial> updates = new ArrayList<>();
    for (int i = 0; i < DAYS; i++) {
      add(data, day);
      day = day.plusDays(1);
      updates.add(run(project, "update-day", day.toString()));
      System.err.println(day + ": " + updates.get(i));
    }
    Path updated = export(project, "updated");
    full.add(run(project, "update-full", day.toString(), "--full-refresh", "-s", "customer"));
    String compared = ProfileComparison.compare(expert(data, day), updated);

    report.heading("update, " + setting.size().text());
    report.line(
        "Each day: its events as a Parquet file per table, then one `kith run --as-of DAY` that"
            + " ingests, brings the profile of 60 columns up to date and publishes; `memory: "
            + setting.memory()
            + "`. The full build of the same profile is without ingestion.");
    Series yardstick = new Series("full build", full);
    Series candidate = new Series("daily update", updates);
    report.table(List.of(yardstick, candidate));
    report.line(
        String.format(
            Locale.ROOT,
            "The full build takes %.1f times the CPU of an update and reads %.1f times the bytes.",
            ratio(yardstick, candidate, trial -> trial.usage().cpuSeconds()),
            ratio(yardstick, candidate, trial -> trial.usage().readBytes())));
    report.line("Against the expert's statement on the last day: " + compared);
  }

  private static double ratio(Series one, Series other, ToDoubleFunction<Trial> figure) {
    return one.spread(figure).median() / other.spread(figure).median();
  }

  private Trial run(KithProject project, String name, String asOf, String... more)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(List.of("run", "-C", project.folder().toString(), "--as-of", asOf));
    arguments.addAll(List.of(more));
    return programs.kith(name, arguments.toArray(String[]::new));
  }

  /** A folder with the months' files, to which days can be added. */
  private Path data() throws IOException {
    Path data = setting.work().resolve("update-data-" + setting.size().text());
    KithProject.delete(data);
    for (Path month : events.clicks()) {
      link(data, "clicks", month);
    }
    for (Path month : events.orders()) {
      link(data, "orders", month);
    }
    return data;
  }

  private void add(Path data, LocalDate day) throws IOException, SQLException {
    for (String table : List.of("clicks", "orders")) {
      link(data, table, events.day(setting.sql(), setting.size(), table, day));
    }
  }

  private static void link(Path data, String table, Path file) throws IOException {
    Path folder = Files.createDirectories(data.resolve(table));
    Files.createLink(folder.resolve(file.getFileName()), file);
  }

  private Path expert(Path data, LocalDate day)
      throws IOException, InterruptedException, SQLException {
    Path result = setting.work().resolve("expert-update.parquet");
    String query =
        setting
            .sql()
            .filled(
                "expert-full.sql",
                Map.of(
                    "T", "TIMESTAMP '" + day + "'",
                    "CLICKS", Duck.list(files(data.resolve("clicks"))),
                    "ORDERS", Duck.list(files(data.resolve("orders")))));
    Path script =
        Files.writeString(
            setting.work().resolve("expert-update.sql"),
            setting.means()
                + "CREATE TABLE expert AS "
                + query.strip()
                + "\nCOPY expert TO "
                + Duck.quoted(result)
                + " (FORMAT parquet, COMPRESSION zstd);\n");
    programs.run("expert-update", PlainDuckDb.class.getName(), List.of(script.toString()));
    return result;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private Path export(KithProject project, String name) throws IOException, InterruptedException {
    Path result = setting.work().resolve(name + ".parquet");
    programs.kith(
        "update-export",
        "query",
        "-C",
        project.folder().toString(),
        "-o",
        result.toString(),
        "select * from customer");
    return result;
  }
}
