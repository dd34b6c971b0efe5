package dev.kith.lake;

import dev.kith.lake.RunRecord.Status;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remembers the runs of a project. */
public final class RunLog {

  private final MetadataDatabase database;
  private final Clock clock;

  RunLog(MetadataDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Records that a run begins. To be called under the {@link ProjectLock}: runs that seem to be
   * going on are then known to have been interrupted, and are recorded so.
   */
  public void started(String run, String kithVersion, String engineVersion) {
    database.write(
        "record the start of a run",
        connection -> {
          try (PreparedStatement lost =
              connection.prepareStatement(
                  "UPDATE kith_runs SET status = 'INTERRUPTED' WHERE status = 'RUNNING'")) {
            lost.executeUpdate();
          }
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO kith_runs (id, started_at, status, kith_version, engine_version)"
                      + " VALUES (?, ?, 'RUNNING', ?, ?)")) {
            insert.setString(1, run);
            insert.setString(2, clock.instant().toString());
            insert.setString(3, kithVersion);
            insert.setString(4, engineVersion);
            return insert.executeUpdate();
          }
        });
  }

  /** Records how a run ended. */
  public void finished(String run, Status status) {
    database.write(
        "record the end of a run",
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE kith_runs SET finished_at = ?, status = ? WHERE id = ?")) {
            update.setString(1, clock.instant().toString());
            update.setString(2, status.name());
            update.setString(3, run);
            return update.executeUpdate();
          }
        });
    Failpoint.RUN_RECORDED.hit();
  }

  /** The runs that began last, the newest first. */
  public List<RunRecord> recent(int count) {
    return database.read(
        "read the log of runs",
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT id, started_at, finished_at, status, kith_version, engine_version"
                      + " FROM kith_runs ORDER BY started_at DESC, rowid DESC LIMIT ?")) {
            select.setInt(1, count);
            List<RunRecord> runs = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                runs.add(read(rows));
              }
            }
            return runs;
          }
        });
  }

  private static RunRecord read(ResultSet row) throws SQLException {
    return new RunRecord(
        row.getString(1),
        Instant.parse(row.getString(2)),
        Optional.ofNullable(row.getString(3)).map(Instant::parse),
        Status.valueOf(row.getString(4)),
        row.getString(5),
        row.getString(6));
  }
}
