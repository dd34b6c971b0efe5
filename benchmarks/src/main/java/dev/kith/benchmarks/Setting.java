package dev.kith.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the benchmarks of one call share.
 *
 * @param sql the frozen statements
 * @param cache for events that are made once
 * @param work for everything else, on the same disk
 * @param repository with the launcher
 * @param size of the events
 * @param rounds how often each contestant is measured, in turn
 * @param memory of DuckDB for the yardstick, of the whole process for Kith
 */
record Setting(
    FrozenSql sql, Path cache, Path work, Path repository, Size size, int rounds, String memory) {

  /** The heap of all programs, as the launcher's default. */
  static final String HEAP = "1g";

  EventFiles events() throws IOException, SQLException {
    return EventFiles.make(cache, size, sql);
  }

  Programs programs() throws IOException {
    Files.createDirectories(work);
    return new Programs(work, HEAP, archive());
  }

  /**
   * The archive of classes that the launcher has made for this JDK; without it Kith works as well.
   */
  private Optional<Path> archive() throws IOException {
    try (Stream<Path> files = Files.list(repository.resolve("kith-cli/target/kith"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("kith-" + jdk()))
          .filter(file -> file.toString().endsWith(".jsa"))
          .findFirst();
    }
  }

  private static String jdk() {
    return System.getProperty("java.version");
  }

  /**
   * Statements that make the expert's table, {@code expert}, with the same means as Kith.
   *
   * @param instant a midnight or hour, as a literal without quotes
   */
  String expert(String instant, List<Path> clicks, List<Path> orders) {
    String query =
        sql.filled(
            "expert-full.sql",
            Map.of(
                "T", "TIMESTAMP '" + instant + "'",
                "CLICKS", Duck.list(clicks),
                "ORDERS", Duck.list(orders)));
    return means() + "CREATE TABLE expert AS " + query.strip() + "\n";
  }

  /** Statements that give a plain DuckDB the same means as Kith. */
  String means() {
    return "SET memory_limit = '"
        + memory
        + "'; SET temp_directory = "
        + Duck.quoted(work.resolve("spill"))
        + ";\n";
  }
}
