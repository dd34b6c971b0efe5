package dev.kith.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Days one after another: the events of each are ingested, the profile is brought up to date and
 * published. The first one also writes the state that later ones follow from, and is told apart.
 */
final class DailyUpdate {

  private static final int DAYS = 7;
  private static final int FEWER_DAYS = 3;
  private static final int HOURS = 6;

  private static final List<YearMonth> FIRST_MONTHS =
      List.of(YearMonth.of(2025, 1), YearMonth.of(2024, 1), YearMonth.of(2022, 1));

  private final Setting setting;

  DailyUpdate(Setting setting) {
    this.setting = setting;
  }

  /**
   * Against the full build, which is measured before the first day and after the last, and against
   * computing touched people anew; then hour by hour. The rows are compared with the expert's.
   */
  void measure(Report report) throws IOException, InterruptedException, SQLException {
    Feed feed = Feed.start(setting, setting.events(), "update-" + setting.size().text());
    List<Trial> full = new ArrayList<>();
    full.add(feed.run("full"));
    Trial first = feed.day();
    List<Trial> days = days(feed, DAYS);
    Path updated = feed.export();
    String compared = ProfileComparison.compare(expert(feed), updated);
    List<Trial> hours = new ArrayList<>();
    for (int i = 0; i < HOURS; i++) {
      hours.add(feed.hour());
    }
    full.add(feed.run("full", "--full-refresh", "-s", "customer"));
    feed.skipToMidnight();
    List<Trial> touched = days(feed, FEWER_DAYS, "--strategy", "touched");

    report.heading("update, " + setting.size().text());
    report.line(
        "Each day: its events as a Parquet file per table, then one `kith run --as-of DAY` that"
            + " ingests, joins orders with products, brings the profile of 60 columns up to date and publishes; `memory: "
            + setting.memory()
            + "`. The first day also writes state. The full build of the same profile is without"
            + " ingestion.");
    Series yardstick = new Series("full build", full);
    Series daily = new Series("daily update", days);
    Series hourly = new Series("hourly update", hours);
    report.table(
        List.of(
            yardstick,
            new Series("first day, with state", List.of(first)),
            daily,
            hourly,
            new Series("daily, touched people anew", touched)));
    report.line(
        String.format(
            Locale.ROOT,
            "The full build takes %.1f times the CPU of a daily update and reads %.1f times the"
                + " bytes. An hourly update takes %.2f times the CPU of a daily one.",
            ratio(yardstick, daily, DailyUpdate::cpu),
            ratio(yardstick, daily, trial -> trial.usage().readBytes()),
            ratio(hourly, daily, DailyUpdate::cpu)));
    report.line("Against the expert's statement on the last day: " + compared);
  }

  /** The same days after histories of one year, two and four. */
  void measureHistory(Report report) throws IOException, InterruptedException, SQLException {
    List<Series> contestants = new ArrayList<>();
    for (YearMonth month : FIRST_MONTHS) {
      Path folder = setting.cache().resolve("history-" + setting.size().text());
      EventFiles events = EventFiles.make(folder, setting.size(), setting.sql(), month);
      Feed feed = Feed.start(setting, events, "history-" + month);
      feed.run("full", "--strategy", "delta");
      contestants.add(
          new Series("events since " + month, days(feed, FEWER_DAYS, "--strategy", "delta")));
    }
    report.heading("update by length of history, " + setting.size().text());
    report.line("Daily updates as above; as many events each day, since three different months.");
    report.table(contestants);
    for (int i = 1; i < contestants.size(); i++) {
      report.line(
          String.format(
              Locale.ROOT,
              "Twice the history: %.2f times the CPU, %.2f times the bytes read.",
              ratio(contestants.get(i), contestants.get(i - 1), DailyUpdate::cpu),
              ratio(
                  contestants.get(i), contestants.get(i - 1), trial -> trial.usage().readBytes())));
    }
  }

  private static List<Trial> days(Feed feed, int number, String... more)
      throws IOException, InterruptedException, SQLException {
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      trials.add(feed.day(more));
    }
    return trials;
  }

  private static double cpu(Trial trial) {
    return trial.usage().cpuSeconds();
  }

  private static double ratio(Series one, Series other, ToDoubleFunction<Trial> figure) {
    return one.spread(figure).median() / other.spread(figure).median();
  }

  private Path expert(Feed feed) throws IOException, InterruptedException, SQLException {
    Path result = setting.work().resolve("expert-update.parquet");
    Path script =
        Files.writeString(
            setting.work().resolve("expert-update.sql"),
            setting.expert(
                    Timestamp.valueOf(feed.now()).toString(),
                    files(feed.folder("clicks")),
                    files(feed.folder("orders")))
                + "COPY expert TO "
                + Duck.quoted(result)
                + " (FORMAT parquet, COMPRESSION zstd);\n");
    setting
        .programs()
        .run("expert-update", PlainDuckDb.class.getName(), List.of(script.toString()));
    return result;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
