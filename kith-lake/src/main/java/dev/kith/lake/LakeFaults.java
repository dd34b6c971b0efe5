package dev.kith.lake;

import dev.kith.model.KithException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.util.Locale;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.exceptions.ValidationException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Turns the exceptions of files, SQLite and Iceberg into faults that say what to do. */
final class LakeFaults {

  private LakeFaults() {}

  /** Something that may throw a checked exception. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException, SQLException;
  }

  /**
   * Runs the work, naming what it is about if it fails.
   *
   * @param action as it follows "Cannot": "open the warehouse"
   */
  static <T> T during(String action, String subject, Work<T> work) {
    try {
      return work.run();
    } catch (KithException e) {
      throw e;
    } catch (IOException | SQLException | RuntimeException e) {
      throw translate(action, subject, e);
    }
  }

  /** A fault for what is known to come from outside; anything else is given back as it is. */
  static RuntimeException translate(String action, String subject, Exception failure) {
    if (failure instanceof AlreadyExistsException || failure instanceof NoSuchTableException) {
      return (RuntimeException) failure; // an answer, not a fault
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof KithException fault) {
        return fault;
      }
      if (Fence.isBroken(cause)) {
        return Fence.lost(failure);
      }
      if (isFull(cause)) {
        return fault(LakeCode.DISK_FULL, action, subject, "no space left on the disk", failure);
      }
    }
    if (failure instanceof CommitStateUnknownException) {
      return fault(LakeCode.COMMIT_UNKNOWN, action, subject, "the outcome is not known", failure);
    }
    if (failure instanceof CommitFailedException || failure instanceof ValidationException) {
      return fault(LakeCode.CONFLICT, action, subject, "another run changed it", failure);
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return database(action, subject, sql);
      }
      if (cause instanceof NotFoundException) {
        return fault(LakeCode.CANNOT_READ, action, subject, describe(cause), failure);
      }
      if (cause instanceof IOException
          || cause instanceof UncheckedIOException
          || cause instanceof RuntimeIOException) {
        return fault(LakeCode.CANNOT_WRITE, action, subject, describe(cause), failure);
      }
    }
    return failure instanceof RuntimeException unknown
        ? unknown
        : new IllegalStateException(failure);
  }

  private static KithException database(String action, String subject, SQLException sql) {
    boolean closed =
        sql instanceof SQLiteException e
            && (e.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_CANTOPEN.code;
    boolean readOnly =
        sql instanceof SQLiteException e
            && (e.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_READONLY.code;
    LakeCode code = closed || readOnly ? LakeCode.CANNOT_WRITE : LakeCode.DATABASE_FAILED;
    return fault(code, action, subject, describe(sql), sql);
  }

  private static boolean isFull(Throwable cause) {
    if (cause instanceof SQLiteException sql) {
      return (sql.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_FULL.code;
    }
    String message = cause.getMessage();
    return cause instanceof IOException
        && message != null
        && message.contains("No space left on device");
  }

  private static KithException fault(
      LakeCode code, String action, String subject, String reason, Throwable cause) {
    return KithException.outside(
        code, subject, "Cannot " + action + " '" + subject + "': " + reason, cause);
  }

  private static String describe(Throwable cause) {
    if (cause instanceof FileSystemException file) {
      String reason = file.getReason();
      return (reason == null ? words(file) : reason) + ": " + file.getFile();
    }
    String message = cause.getMessage();
    return message == null ? words(cause) : message;
  }

  /** What a class of exceptions is called, as words: "no such file". */
  private static String words(Throwable cause) {
    return cause
        .getClass()
        .getSimpleName()
        .replaceAll("Exception$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }
}
