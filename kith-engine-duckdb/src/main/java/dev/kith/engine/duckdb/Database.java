package dev.kith.engine.duckdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.duckdb.DuckDBConnection;

/**
 * The one DuckDB of the process. It holds nothing but what sessions keep for a while: each has an
 * attached catalog of its own in memory, which spills to the temporary folder.
 *
 * <p>SQL can reach files below the warehouse and the temporary folder, and nothing else.
 */
final class Database implements AutoCloseable {

  private static final String SUBJECT = "the start of the engine";

  /**
   * Lets a connection's statements tell how far they are. DuckDB finds out whenever the calling
   * thread has done a bit or waits for others, which took 2% of an update's time.
   */
  static final String WATCHED =
      "SET enable_progress_bar = true; SET enable_progress_bar_print = false;";

  /**
   * How many rows a thread gathers before it spreads them over the files of their partitions. By
   * default that is half a million for each partition: two years in months took ten times the
   * memory, and more processor time. With fewer than this, row groups get smaller.
   */
  private static final int ROWS_BEFORE_PARTITIONS = 20_000;

  private final DuckDBConnection root;
  private final TemporaryFolder temporary;
  private final AtomicInteger catalogs = new AtomicInteger();

  private Database(DuckDBConnection root, TemporaryFolder temporary) {
    this.root = root;
    this.temporary = temporary;
  }

  /**
   * @param readable the folder of the warehouse
   */
  static Database open(Path readable, DuckDbLimits limits) {
    long process = limits.processBytes().orElseGet(MemoryBudget::defaultProcessBytes);
    MemoryBudget budget = MemoryBudget.of(process, Runtime.getRuntime().maxMemory());
    TemporaryFolder temporary = TemporaryFolder.create(limits.temporaryFolder());
    Properties settings = new Properties();
    settings.setProperty("memory_limit", budget.engineBytes() + "B");
    limits.threads().ifPresent(threads -> settings.setProperty("threads", threads.toString()));
    settings.setProperty("temp_directory", temporary.spill().toString());
    // Not a property: the order matters, and setting the folder resets it.
    String spillBound =
        limits
            .temporaryBytes()
            .map(bytes -> "SET max_temp_directory_size = '" + bytes + "B'; ")
            .orElse("");
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("preserve_insertion_order", "false");
    MemoryEvent.leaveOut();
    try {
      Files.createDirectories(readable);
      List<String> folders = List.of(readable.toRealPath().toString(), temporary.path().toString());
      DuckDBConnection root = DuckDBConnection.newConnection("jdbc:duckdb:", false, settings);
      try (Statement statement = root.createStatement()) {
        // The cache is right because files of the warehouse never change.
        statement.execute(
            spillBound
                + "SET parquet_metadata_cache = true; SET allowed_directories = %s;"
                    .formatted(Sql.list(folders))
                + " SET enable_external_access = false");
      }
      return new Database(root, temporary);
    } catch (SQLException e) {
      temporary.close();
      throw Faults.of(e, SUBJECT);
    } catch (IOException e) {
      temporary.close();
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      temporary.close();
      throw new IllegalStateException(e);
    }
  }

  /** Makes an empty catalog for a session. */
  String attach() {
    String catalog = "s" + catalogs.incrementAndGet();
    execute("ATTACH ':memory:' AS " + catalog);
    return catalog;
  }

  /** Drops a session's catalog with all that is in it; no connection may use it any more. */
  void detach(String catalog) {
    execute("DETACH " + catalog);
  }

  /**
   * A connection whose names are those of the catalog.
   *
   * @param streaming whether rows are handed over while the query runs, so that they need no room
   * @param watched whether statements tell how far they are
   */
  DuckDBConnection connect(String catalog, ZoneId zone, boolean streaming, boolean watched) {
    try {
      DuckDBConnection connection = root.duplicate();
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "USE %s; SET SESSION TimeZone = %s; SET SESSION jdbc_stream_results = %b; SET SESSION partitioned_write_flush_threshold = %d; "
                    .formatted(
                        catalog, Sql.literal(nameOf(zone)), streaming, ROWS_BEFORE_PARTITIONS)
                + (watched ? WATCHED : ""));
      }
      return connection;
    } catch (SQLException e) {
      throw Faults.of(e, SUBJECT);
    }
  }

  /** Files for a while, that SQL can reach. */
  TemporaryFolder temporary() {
    return temporary;
  }

  /** Lets a function of Java's be added to DuckDB's. */
  DuckDBConnection root() {
    return root;
  }

  /** DuckDB knows zones by the names of the tz database; for offsets these have another sign. */
  private static String nameOf(ZoneId zone) {
    ZoneId plain = zone.normalized();
    if (plain.equals(ZoneOffset.UTC)) {
      return "UTC";
    }
    if (plain instanceof ZoneOffset offset && offset.getTotalSeconds() % 3600 == 0) {
      int hours = offset.getTotalSeconds() / 3600;
      return "Etc/GMT" + (hours > 0 ? "-" : "+") + Math.abs(hours);
    }
    return zone.getId();
  }

  private void execute(String sql) {
    try (Statement statement = root.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw Faults.of(e, "a session");
    }
  }

  @Override
  public void close() {
    try {
      root.close();
    } catch (SQLException e) {
      throw Faults.of(e, "the end of the engine");
    } finally {
      temporary.close();
    }
  }
}
