package dev.kith.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A project whose events come day by day, each followed by a run. Orders pass through a table that
 * joins them with their products.
 */
final class Feed {

  private static final List<String> TABLES = List.of("clicks", "orders");

  private final Setting setting;
  private final Programs programs;
  private final EventFiles events;
  private final String name;
  private final Path data;
  private final KithProject project;
  private LocalDateTime now = LocalDate.parse(Size.AS_OF).atStartOfDay();

  private Feed(Setting setting, EventFiles events, String name) throws IOException {
    this.setting = setting;
    this.programs = setting.programs();
    this.events = events;
    this.name = name;
    this.data = setting.work().resolve(name + "-data");
    KithProject.delete(data);
    for (Path month : events.clicks()) {
      link("clicks", month);
    }
    for (Path month : events.orders()) {
      link("orders", month);
    }
    this.project = KithProject.make(setting.work().resolve(name), data, setting.memory());
    project.joinProducts();
  }

  /** Ingests all months; there is no profile yet. */
  static Feed start(Setting setting, EventFiles events, String name)
      throws IOException, InterruptedException {
    Feed feed = new Feed(setting, events, name);
    System.err.println(name + ", ingested: " + feed.run("ingest"));
    feed.project.profile("customer");
    return feed;
  }

  /** Lets the profile keep copies of its events by person from now on, or no longer. */
  void keepCopies(boolean yes) throws IOException {
    if (yes) {
      project.profileWithCopies("customer");
    } else {
      project.profile("customer");
    }
  }

  /** The project's folder. */
  Path project() {
    return project.folder();
  }

  /** A run with no new events. */
  Trial run(String step, String... more) throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of("run", "-C", project.folder().toString(), "--as-of", now.toString()));
    arguments.addAll(List.of(more));
    return programs.kith(name + "-" + step, arguments.toArray(String[]::new));
  }

  /** The events of the next day come, and then a run as of its end. */
  Trial day(String... more) throws IOException, InterruptedException, SQLException {
    for (String table : TABLES) {
      link(table, events.day(setting.sql(), setting.size(), table, now.toLocalDate()));
    }
    now = now.plusDays(1);
    return told(run("day", more));
  }

  /** As {@link #day}, for the next hour. */
  Trial hour(String... more) throws IOException, InterruptedException, SQLException {
    linkHour();
    now = now.plusHours(1);
    return told(run("hour", more));
  }

  /** The rest of a day's events come, without a run. */
  void skipToMidnight() throws IOException, SQLException {
    for (; now.getHour() > 0; now = now.plusHours(1)) {
      linkHour();
    }
  }

  private void linkHour() throws IOException, SQLException {
    for (String table : TABLES) {
      link(table, events.hour(setting.sql(), setting.size(), table, now));
    }
  }

  private Trial told(Trial trial) {
    System.err.println(name + ", " + now + ": " + trial);
    return trial;
  }

  /** The profile's rows as a Parquet file. */
  Path export() throws IOException, InterruptedException {
    Path result = setting.work().resolve(name + ".parquet");
    programs.kith(
        name + "-export",
        "query",
        "-C",
        project.folder().toString(),
        "-o",
        result.toString(),
        "select * from customer");
    return result;
  }

  /** The midnight or hour that the profile is of. */
  LocalDateTime now() {
    return now;
  }

  /** The folder of a table's files. */
  Path folder(String table) {
    return data.resolve(table);
  }

  private void link(String table, Path file) throws IOException {
    Path folder = Files.createDirectories(data.resolve(table));
    Files.createLink(folder.resolve(file.getFileName()), file);
  }
}
