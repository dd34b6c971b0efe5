package dev.kith.sources.jdbc;

import dev.kith.model.KithException;
import dev.kith.model.definition.ProjectSettings.Connection;
import dev.kith.sources.fault.SourceCode;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.util.Locale;

/** What a driver throws, told apart: refused, gone, or a statement at fault. */
final class JdbcFaults {

  private static final String UNTOUCHED = "Nothing was taken; run again when the database is back";

  private final Connection connection;

  JdbcFaults(Connection connection) {
    this.connection = connection;
  }

  KithException connecting(SQLException e) {
    if (state(e).startsWith("28")) {
      return refused(e);
    }
    return unreachable(
        "Cannot connect to '%s'",
        e,
        isRefusalOfTls(e)
            ? "If the server has no TLS, append '?sslMode=disable' to the connection's 'url:'"
            : UNTOUCHED);
  }

  /** MariaDB's driver insists on TLS unless told otherwise. */
  private static boolean isRefusalOfTls(SQLException e) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("ssl not enabled");
  }

  KithException reading(SQLException e) {
    String state = state(e);
    if (state.startsWith("28")) {
      return refused(e);
    }
    boolean gone =
        state.startsWith("08")
            || state.startsWith("57P")
            || state.startsWith("70100")
            || e instanceof SQLRecoverableException
            || hasIoCause(e);
    if (gone) {
      return unreachable("Cannot read on from '%s': the connection was lost", e, UNTOUCHED);
    }
    return KithException.project(
            SourceCode.QUERY_FAILED,
            connection.name(),
            "Cannot read from '%s': %s".formatted(connection.name(), message(e)))
        .withHelp("Look at the source's 'table:' or 'query:' and 'cursor:'");
  }

  private KithException refused(SQLException e) {
    return KithException.outside(
            SourceCode.LOGIN_REFUSED,
            connection.name(),
            "Cannot log in to '%s': %s".formatted(connection.name(), message(e)),
            null)
        .withHelp("Look at 'user:' and 'password:' of the connection in kith.yaml");
  }

  private KithException unreachable(String what, SQLException e, String help) {
    return KithException.outside(
            SourceCode.DATABASE_UNREACHABLE,
            connection.name(),
            (what + ": %s").formatted(connection.name(), message(e)),
            null)
        .withHelp(help);
  }

  private static String state(SQLException e) {
    return e.getSQLState() == null ? "" : e.getSQLState();
  }

  private static boolean hasIoCause(SQLException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return true;
      }
    }
    return false;
  }

  /** The driver's message in one line; should it hold the password, that is blotted out. */
  private String message(SQLException e) {
    String text = String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
    return connection
        .password()
        .map(secret -> secret.reveal())
        .filter(secret -> !secret.isEmpty())
        .map(secret -> text.replace(secret, "***"))
        .orElse(text);
  }
}
