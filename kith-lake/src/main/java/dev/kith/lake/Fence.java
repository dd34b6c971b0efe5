package dev.kith.lake;

import dev.kith.model.KithException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;

/**
 * Refuses a warehouse's writes once the lease that it works under is another's.
 *
 * <p>Each taking of the lease has a token, one more than the last. The token is compared inside the
 * very transaction that writes, so there is no moment between the comparison and the write at which
 * the process could be paused and the lease lost. Kith's own transactions compare by {@link
 * #check}. Iceberg's catalog commits by a statement of its own; on its connections, temporary
 * triggers compare, which exist for no one else and call back for the token.
 */
final class Fence {

  private static final String TOKEN_NOW = "SELECT token FROM kith_lease WHERE holder IS NOT NULL";
  private static final String BROKEN = "the lease of this run is lost";
  private static final long NONE = 0;

  private final AtomicLong token = new AtomicLong(NONE);

  /** From now on, only the holder of this token may write. */
  void raise(long held) {
    token.set(held);
  }

  boolean isRaised() {
    return token.get() != NONE;
  }

  /** To be called in a transaction that writes. */
  void check(Connection connection) throws SQLException {
    if (!isRaised()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(TOKEN_NOW);
        ResultSet row = statement.executeQuery()) {
      if (!row.next() || row.getLong(1) != token.get()) {
        throw lost(null);
      }
    }
  }

  /** Guards what Iceberg's catalog writes on its connection, which must have its tables. */
  void guard(Connection connection) throws SQLException {
    Function.create(
        connection,
        "kith_may_write",
        new Function() {
          @Override
          protected void xFunc() throws SQLException {
            result(!isRaised() || value_long(0) == token.get() ? 1 : 0);
          }
        });
    try (Statement statement = connection.createStatement()) {
      for (String event : List.of("INSERT", "UPDATE", "DELETE")) {
        statement.execute(
            "CREATE TEMP TRIGGER kith_fence_%s BEFORE %s ON main.iceberg_tables"
                    .formatted(event, event)
                + " WHEN NOT kith_may_write((%s)) BEGIN SELECT RAISE(ABORT, '%s'); END"
                    .formatted(TOKEN_NOW, BROKEN));
      }
    }
  }

  /** Whether a failure is that of a trigger. */
  static boolean isBroken(Throwable failure) {
    String message = failure.getMessage();
    return failure instanceof SQLException && message != null && message.contains(BROKEN);
  }

  static KithException lost(@Nullable Throwable cause) {
    return KithException.outside(
            LakeCode.LEASE_LOST,
            "run",
            "Cannot go on: this run was paused too long, and another one took over",
            cause)
        .withHelp("nothing was published by it since; run again");
  }
}
