package dev.kith.engine.duckdb;

import dev.kith.engine.Engine;
import dev.kith.engine.Session;
import dev.kith.lake.Warehouse;
import java.time.ZoneId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The embedded engine: DuckDB computes over the Parquet files that Iceberg plans, and writes
 * Parquet files that Iceberg commits.
 *
 * <p>May be shared by threads. The database is started by the first session.
 */
public final class DuckDbEngine implements Engine {

  private final Warehouse warehouse;
  private final DuckDbLimits limits;
  private final Set<DuckDbSession> sessions = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;
  private @Nullable Running running;

  private DuckDbEngine(Warehouse warehouse, DuckDbLimits limits) {
    this.warehouse = warehouse;
    this.limits = limits;
  }

  private record Running(Database database, PartitionKeys partitionKeys) {}

  /**
   * An engine over a warehouse, which it does not close.
   *
   * @param limits hold for the whole process
   */
  public static DuckDbEngine open(Warehouse warehouse, DuckDbLimits limits) {
    return new DuckDbEngine(warehouse, limits);
  }

  @Override
  public String name() {
    return "duckdb";
  }

  @Override
  public String version() {
    return DuckDbVersion.text();
  }

  @Override
  public Session open(ZoneId zone) {
    Running started = start();
    DuckDbSession session =
        new DuckDbSession(
            started.database(), warehouse, started.partitionKeys(), zone, sessions::remove);
    sessions.add(session);
    if (stopped) {
      session.stop();
    }
    return session;
  }

  @Override
  public void stop() {
    stopped = true;
    sessions.forEach(DuckDbSession::stop);
  }

  private synchronized Running start() {
    Running started = running;
    if (started == null) {
      Database database = Database.open(warehouse.location().folder(), limits);
      started = new Running(database, new PartitionKeys(database.root()));
      running = started;
    }
    return started;
  }

  /** Closes the database; sessions must be closed before. */
  @Override
  public synchronized void close() {
    if (running != null) {
      running.database().close();
      running = null;
    }
  }
}
