package dev.kith.lake;

import dev.kith.model.KithException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Lets one process at a time change the warehouse.
 *
 * <p>A lease is a row in the metadata database that says who has it and until when. Its holder
 * renews it three times before it ends. It may be taken when it is given back, when it has ended,
 * or when its holder is a process of this machine that is no longer alive: after a kill nobody
 * waits, and after the loss of a machine nobody waits longer than one lease.
 *
 * <p>A lease alone is not safe: a process can be paused (a suspended laptop, a stopped container)
 * between any look at the clock and the write that follows, wake when the lease is another's, and
 * write all the same. So each taking counts a token up, and every write compares the token in its
 * own transaction ({@link Fence}; the idea is that of fencing tokens, as in Kleppmann, "How to do
 * distributed locking", 2016). The clock decides only who may try, never whether a write counts;
 * clocks that differ or jump cost a run at worst, which then says so.
 *
 * <p>A process that was paused but that nobody replaced goes on as if nothing had been.
 */
public final class RunLeases {

  private static final String SECONDS = "KITH_LEASE_SECONDS";
  private static final Duration DEFAULT_LENGTH = Duration.ofSeconds(30);
  private static final int BEATS = 3;
  private static final long POLL_MILLIS = 100;

  /** How long a try waits for others who write to the database. */
  private static final Duration TURN = Duration.ofMillis(500);

  private final MetadataDatabase database;
  private final Fence fence;
  private final Clock clock;
  private final Duration length;

  RunLeases(MetadataDatabase database, Fence fence, Clock clock, Duration length) {
    this.database = database;
    this.fence = fence;
    this.clock = clock;
    this.length = length;
  }

  /** 30 seconds, or what the system property or environment variable says. */
  static Duration length() {
    String property = System.getProperty(SECONDS);
    String text = property != null ? property : System.getenv(SECONDS);
    return text == null ? DEFAULT_LENGTH : Duration.ofSeconds(Long.parseLong(text));
  }

  /**
   * Takes the lease. From then on this warehouse object writes under it: when it is lost, or closed
   * and not taken anew, commits, publications and cleaning fail.
   *
   * @param purpose the command, such as {@code run}
   * @param patience how long to wait for another process
   * @throws KithException with {@link LakeCode#PROJECT_IN_USE} and who holds it
   */
  public RunLease acquire(String purpose, Duration patience) {
    return acquire(purpose, patience, why -> {});
  }

  /**
   * As {@link #acquire(String, Duration)}.
   *
   * @param waiting is told several times a second for whom this waits; what it throws ends it
   */
  public RunLease acquire(String purpose, Duration patience, Consumer<String> waiting) {
    long begin = System.nanoTime();
    while (true) {
      Optional<Attempt> attempt =
          database.tryWrite("take the lease", TURN, connection -> attempt(connection, purpose));
      if (attempt.isPresent() && attempt.get().holder().isEmpty()) {
        fence.raise(attempt.get().token());
        return new RunLease(this, attempt.get().token(), length.dividedBy(BEATS));
      }
      String why = attempt.flatMap(Attempt::holder).map(RunLeases::inUse).orElseGet(this::locked);
      long limit = attempt.isPresent() ? patience.toNanos() : longer(patience).toNanos();
      if (System.nanoTime() - begin >= limit) {
        throw refused(purpose, why);
      }
      waiting.accept(why);
      if (!waited()) {
        throw refused(purpose, why);
      }
    }
  }

  /** Any write may take a moment, also where nobody wants to wait for whole runs. */
  private static Duration longer(Duration patience) {
    return patience.compareTo(MetadataDatabase.PATIENCE) > 0 ? patience : MetadataDatabase.PATIENCE;
  }

  private static boolean waited() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String inUse(LeaseHolder holder) {
    return "another process (" + holder.text() + ") is using this project";
  }

  /** Who writes, SQLite does not tell; whoever has the lease is likely. */
  private String locked() {
    Optional<LeaseHolder> holder = database.read("read the lease", RunLeases::read).holder();
    return "another process"
        + holder.map(one -> " (probably " + one.text() + ")").orElse("")
        + " is in the midst of writing to this project's database";
  }

  private static KithException refused(String purpose, String why) {
    return KithException.outside(
            LakeCode.PROJECT_IN_USE, purpose, "Cannot start 'kith " + purpose + "': " + why, null)
        .withHelp("wait until it has ended, or stop it");
  }

  /** The token that was given, or who has the lease. */
  private record Attempt(long token, Optional<LeaseHolder> holder) {}

  private Attempt attempt(Connection connection, String purpose) throws SQLException {
    Instant now = clock.instant();
    Attempt before = read(connection);
    if (before.holder().isPresent() && !before.holder().get().hasLost(now)) {
      return before;
    }
    ProcessIdentity process = ProcessIdentity.current();
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE kith_lease SET token = token + 1, holder = ?, host = ?, numbering = ?, pid = ?,"
                + " process_started_at = ?, acquired_at = ?, renewed_at = ?, expires_at = ?")) {
      update.setString(1, purpose);
      update.setString(2, process.host());
      update.setString(3, process.numbering());
      update.setLong(4, process.pid());
      update.setString(5, process.startedAt().map(Instant::toString).orElse(null));
      update.setString(6, now.toString());
      update.setString(7, now.toString());
      update.setString(8, now.plus(length).toString());
      update.executeUpdate();
    }
    return new Attempt(before.token() + 1, Optional.empty());
  }

  private static Attempt read(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT token, holder, host, numbering, pid, process_started_at, acquired_at,"
                    + " expires_at FROM kith_lease");
        ResultSet row = select.executeQuery()) {
      row.next(); // the migration that made the table put its only row there
      String purpose = row.getString(2);
      if (purpose == null) {
        return new Attempt(row.getLong(1), Optional.empty());
      }
      ProcessIdentity process =
          new ProcessIdentity(
              row.getString(3),
              row.getString(4),
              row.getLong(5),
              Optional.ofNullable(row.getString(6)).map(Instant::parse));
      LeaseHolder holder =
          new LeaseHolder(
              purpose, process, Instant.parse(row.getString(7)), Instant.parse(row.getString(8)));
      return new Attempt(row.getLong(1), Optional.of(holder));
    }
  }

  /** Whether it was renewed; not if it is another's. */
  boolean renew(long token) {
    Instant now = clock.instant();
    return database.writeUnfenced(
        "renew the lease",
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE kith_lease SET renewed_at = ?, expires_at = ?"
                      + " WHERE token = ? AND holder IS NOT NULL")) {
            update.setString(1, now.toString());
            update.setString(2, now.plus(length).toString());
            update.setLong(3, token);
            return update.executeUpdate() == 1;
          }
        });
  }

  boolean isHeld(long token) {
    return database.read(
        "check the lease",
        connection -> {
          Attempt now = read(connection);
          return now.holder().isPresent() && now.token() == token;
        });
  }

  void release(long token) {
    database.writeUnfenced(
        "give the lease back",
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement("UPDATE kith_lease SET holder = NULL WHERE token = ?")) {
            update.setLong(1, token);
            return update.executeUpdate();
          }
        });
  }
}
