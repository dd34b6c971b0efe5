package dev.kith.lake;

import dev.kith.lake.RunRecord.Fault;
import dev.kith.lake.RunRecord.Status;
import dev.kith.model.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Remembers the runs of a project. May be written also by a run that has lost its lease. */
public final class RunLog {

  private static final String RUN_COLUMNS =
      "id, environment, command, started_by, started_at, finished_at, status, as_of, release,"
          + " fault_code, fault, kith_version, engine_version";

  private static final String STEP_COLUMNS =
      "run, table_name, action, reason, status, rows_read, rows, rows_added, rows_deleted,"
          + " bytes_written, milliseconds";

  private final MetadataDatabase database;
  private final Fence fence;
  private final Clock clock;

  RunLog(MetadataDatabase database, Fence fence, Clock clock) {
    this.database = database;
    this.fence = fence;
    this.clock = clock;
  }

  /**
   * Records that a run begins. Under a {@link RunLease}, runs that seem to be going on are known to
   * have been interrupted, and are recorded so.
   */
  public void started(RunStart run) {
    database.writeUnfenced(
        "record the start of a run",
        connection -> {
          if (fence.isRaised()) {
            fence.check(connection);
            execute(
                connection, "UPDATE kith_runs SET status = 'INTERRUPTED' WHERE status = 'RUNNING'");
          }
          execute(
              connection,
              "INSERT INTO kith_runs (id, environment, command, started_by, started_at, status,"
                  + " as_of, kith_version, engine_version)"
                  + " VALUES (?, ?, ?, ?, ?, 'RUNNING', ?, ?, ?)",
              run.id(),
              run.environment(),
              run.command(),
              run.by(),
              clock.instant(),
              run.asOf().orElse(null),
              run.kithVersion(),
              run.engineVersion());
          return true;
        });
  }

  /** Records the instant of profiles of a run that did not know it when it began. */
  public void decided(String run, Instant asOf) {
    database.writeUnfenced(
        "record the instant of a run",
        connection -> {
          execute(connection, "UPDATE kith_runs SET as_of = ? WHERE id = ?", asOf, run);
          return true;
        });
  }

  /** Records what a run did about a table. */
  public void step(RunStep step) {
    record(List.of(step));
  }

  /** Records what a run did about several tables, all of it or nothing. */
  public void record(List<RunStep> steps) {
    database.writeUnfenced(
        "record the steps of a run",
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO kith_run_steps ("
                      + STEP_COLUMNS
                      + ") VALUES (?,?,?,?,?,?,?,?,?,?,?)")) {
            for (RunStep step : steps) {
              set(
                  insert,
                  step.run(),
                  step.table(),
                  step.action(),
                  step.reason(),
                  step.status(),
                  step.rowsRead(),
                  step.rows(),
                  step.rowsAdded(),
                  step.rowsDeleted(),
                  step.bytesWritten(),
                  step.duration().toMillis());
              insert.addBatch();
            }
            insert.executeBatch();
          }
          return true;
        });
  }

  /** Records how a run ended. */
  public void finished(String run, RunEnd end) {
    database.writeUnfenced(
        "record the end of a run",
        connection -> {
          execute(
              connection,
              "UPDATE kith_runs SET finished_at = ?, status = ?, release = ?, fault_code = ?,"
                  + " fault = ? WHERE id = ?",
              clock.instant(),
              end.status(),
              end.release().orElse(null),
              end.fault().map(Fault::code).orElse(null),
              end.fault().map(Fault::message).orElse(null),
              run);
          return true;
        });
    Failpoint.RUN_RECORDED.hit();
  }

  /** The runs that began last, the newest first. */
  public List<RunRecord> recent(int count) {
    return recent(count, Optional.empty());
  }

  /** The runs that began last in an environment, the newest first; in any if none is named. */
  public List<RunRecord> recent(int count, Optional<String> environment) {
    return database.read(
        "read the log of runs",
        connection ->
            select(
                connection,
                "SELECT "
                    + RUN_COLUMNS
                    + " FROM kith_runs WHERE coalesce(?1, environment) = environment"
                    + " ORDER BY started_at DESC, rowid DESC LIMIT ?2",
                RunLog::readRun,
                environment.orElse(null),
                count));
  }

  /** The run of that id. */
  public Optional<RunRecord> run(String id) {
    return database.read(
        "read the log of runs",
        connection ->
            select(
                    connection,
                    "SELECT " + RUN_COLUMNS + " FROM kith_runs WHERE id = ?",
                    RunLog::readRun,
                    id)
                .stream()
                .findFirst());
  }

  /** What a run did, in order. */
  public List<RunStep> steps(String run) {
    return database.read(
        "read the steps of a run",
        connection ->
            select(
                connection,
                "SELECT " + STEP_COLUMNS + " FROM kith_run_steps WHERE run = ? ORDER BY rowid",
                RunLog::readStep,
                run));
  }

  /**
   * The last steps of every table that were work and succeeded, the newest first: from how long
   * they took, the next one's time can be estimated.
   *
   * @param count of steps of each table, at most
   */
  public Map<TableName, List<RunStep>> builds(int count) {
    List<RunStep> steps =
        database.read(
            "read the steps of runs",
            connection ->
                select(
                    connection,
                    "SELECT "
                        + STEP_COLUMNS
                        + " FROM (SELECT *, rowid AS place, row_number() OVER"
                        + " (PARTITION BY table_name ORDER BY rowid DESC) AS age"
                        + " FROM kith_run_steps WHERE action IN ('READ', 'BUILD', 'UPDATE')"
                        + " AND status = 'SUCCEEDED')"
                        + " WHERE age <= ? ORDER BY place DESC",
                    RunLog::readStep,
                    count));
    Map<TableName, List<RunStep>> builds = new TreeMap<>();
    steps.forEach(
        step -> builds.computeIfAbsent(step.table(), table -> new ArrayList<>()).add(step));
    return builds;
  }

  /**
   * Forgets runs that began before an instant, and what they did.
   *
   * @param needed ids of runs that stay all the same
   * @param dryRun only counts them
   * @return how many
   */
  int forget(Instant before, Set<String> needed, boolean dryRun) {
    List<String> found = database.read("read the log of runs", c -> old(c, before));
    Set<String> old = new TreeSet<>(found);
    old.removeAll(needed);
    if (!dryRun && !old.isEmpty()) {
      database.write(
          "forget old runs",
          connection -> {
            for (String run : old) {
              execute(connection, "DELETE FROM kith_run_steps WHERE run = ?", run);
              execute(connection, "DELETE FROM kith_runs WHERE id = ?", run);
            }
            return true;
          });
    }
    return old.size();
  }

  private static List<String> old(Connection connection, Instant before) throws SQLException {
    return select(
        connection,
        "SELECT id FROM kith_runs WHERE status <> 'RUNNING' AND started_at < ?",
        row -> row.getString(1),
        before);
  }

  private static RunRecord readRun(ResultSet row) throws SQLException {
    String faultCode = row.getString(10);
    return new RunRecord(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        Instant.parse(row.getString(5)),
        Optional.ofNullable(row.getString(6)).map(Instant::parse),
        Status.valueOf(row.getString(7)),
        Optional.ofNullable(row.getString(8)).map(Instant::parse),
        Optional.ofNullable(row.getString(9)),
        faultCode == null ? Optional.empty() : Optional.of(new Fault(faultCode, row.getString(11))),
        row.getString(12),
        row.getString(13));
  }

  private static RunStep readStep(ResultSet row) throws SQLException {
    return new RunStep(
        row.getString(1),
        TableName.parse(row.getString(2)),
        RunStep.Action.valueOf(row.getString(3)),
        row.getString(4),
        RunStep.Status.valueOf(row.getString(5)),
        row.getLong(6),
        row.getLong(7),
        row.getLong(8),
        row.getLong(9),
        row.getLong(10),
        Duration.ofMillis(row.getLong(11)));
  }

  /** Makes an object of a row. */
  @FunctionalInterface
  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private static <T> List<T> select(
      Connection connection, String sql, RowReader<T> reader, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, parameters);
      List<T> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(reader.read(rows));
        }
      }
      return found;
    }
  }

  private static void execute(Connection connection, String sql, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, parameters);
      statement.executeUpdate();
    }
  }

  /** Numbers as they are, everything else as text. */
  private static void set(PreparedStatement statement, @Nullable Object... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      Object parameter = parameters[i];
      if (parameter instanceof Number number) {
        statement.setLong(i + 1, number.longValue());
      } else {
        statement.setString(i + 1, parameter == null ? null : parameter.toString());
      }
    }
  }
}
