package dev.kith.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The benchmark's events of one size: a Parquet file per table and month, made once. */
final class EventFiles {

  private static final LocalDate FIRST_DAY = LocalDate.of(2024, 1, 1);

  private final Path folder;
  private final List<YearMonth> months = new ArrayList<>();

  private EventFiles(Path folder, YearMonth first) {
    this.folder = folder;
    YearMonth month = first;
    for (; month.atDay(1).isBefore(end()); month = month.plusMonths(1)) {
      months.add(month);
    }
  }

  /** Makes the files that are not there yet. */
  static EventFiles make(Path cache, Size size, FrozenSql sql) throws IOException, SQLException {
    return make(cache.resolve(size.text()), size, sql, YearMonth.from(FIRST_DAY));
  }

  /**
   * As {@link #make(Path, Size, FrozenSql)}, of more months or fewer.
   *
   * @param folder may hold the files of other months too
   */
  static EventFiles make(Path folder, Size size, FrozenSql sql, YearMonth first)
      throws IOException, SQLException {
    EventFiles files = new EventFiles(folder, first);
    for (String table : List.of("clicks", "orders")) {
      Files.createDirectories(files.folder.resolve(table));
      try (Duck duck = new Duck()) {
        duck.execute(sql.filled("macros.sql", size.parameters()));
        for (YearMonth month : files.months) {
          files.make(duck, sql, size, table, month);
        }
      }
    }
    return files;
  }

  /** Holds the folders {@code clicks} and {@code orders}. */
  Path folder() {
    return folder;
  }

  List<Path> clicks() {
    return paths("clicks");
  }

  List<Path> orders() {
    return paths("orders");
  }

  /** All files' bytes. */
  long bytes() throws IOException {
    long sum = 0;
    for (String table : List.of("clicks", "orders")) {
      for (Path path : paths(table)) {
        sum += Files.size(path);
      }
    }
    return sum;
  }

  private List<Path> paths(String table) {
    return months.stream().map(month -> path(table, month)).toList();
  }

  private Path path(String table, YearMonth month) {
    return folder.resolve(table).resolve(month + ".parquet");
  }

  /** Makes the file of a table for one day after the months, if it is not there yet. */
  Path day(FrozenSql sql, Size size, String table, LocalDate day) throws IOException, SQLException {
    Path file = folder.resolve("days").resolve(table).resolve(day + ".parquet");
    Files.createDirectories(file.getParent());
    try (Duck duck = new Duck()) {
      duck.execute(sql.filled("macros.sql", size.parameters()));
      make(duck, sql, size, table, day, day.plusDays(1), file);
    }
    return file;
  }

  /** Makes the file of a table for one hour of a day of {@link #day}. */
  Path hour(FrozenSql sql, Size size, String table, LocalDateTime hour)
      throws IOException, SQLException {
    Path day = day(sql, size, table, hour.toLocalDate());
    Path file = folder.resolve("hours").resolve(table).resolve(hour + ".parquet");
    Files.createDirectories(file.getParent());
    try (Duck duck = new Duck()) {
      duck.execute(
          "COPY (SELECT * FROM read_parquet(%s) WHERE date_trunc('hour', ts) = TIMESTAMP '%s') TO %s (FORMAT parquet, COMPRESSION zstd);"
              .formatted(Duck.quoted(day), Timestamp.valueOf(hour), Duck.quoted(file)));
    }
    return file;
  }

  private void make(Duck duck, FrozenSql sql, Size size, String table, YearMonth month)
      throws IOException, SQLException {
    LocalDate next = month.plusMonths(1).atDay(1);
    // The rest of the last month is for the daily updates.
    LocalDate to = next.isBefore(end()) ? next : end();
    make(duck, sql, size, table, month.atDay(1), to, path(table, month));
  }

  private static void make(
      Duck duck, FrozenSql sql, Size size, String table, LocalDate from, LocalDate to, Path file)
      throws IOException, SQLException {
    if (Files.exists(file)) {
      return;
    }
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    Map<String, String> parameters = new HashMap<>(size.parameters());
    parameters.put("FROM", day(from));
    parameters.put("TO", day(to));
    parameters.put("FILE", unfinished.toString());
    System.err.println("Making " + file);
    duck.execute(sql.filled(table + ".sql", parameters));
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static LocalDate end() {
    return LocalDate.parse(Size.AS_OF);
  }

  private static String day(LocalDate date) {
    return String.valueOf(ChronoUnit.DAYS.between(FIRST_DAY, date));
  }
}
