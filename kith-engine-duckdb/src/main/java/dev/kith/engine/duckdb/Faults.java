package dev.kith.engine.duckdb;

import dev.kith.engine.EngineCode;
import dev.kith.model.KithException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What DuckDB reports, as Kith's faults. */
final class Faults {

  /**
   * What DuckDB's JDBC driver says of a streamed query that failed before its first rows were
   * fetched: the reason is lost (duckdb_jdbc 2.0.0.1).
   */
  private static final String REASON_LOST = "Invalid result set";

  private static final String DISK_FULL = "no space left";

  /** A path in a message, which may be JSON inside. */
  private static final Pattern FILE = Pattern.compile("file \\\\?\"([^\"\\\\]+)");

  /** Parts of the messages of readers that met bytes that are no Parquet. */
  private static final List<String> DAMAGE =
      List.of(
          "no magic bytes",
          "too small to be a parquet file",
          "tprotocolexception",
          "decompress",
          "zstd",
          "snappy",
          "invalid parquet",
          "footer length",
          "corrupt");

  /** Kinds of faults that lie in the statement or a value, whatever words the message has. */
  private static final Set<String> STATEMENT =
      Set.of("Binder Error", "Catalog Error", "Conversion Error", "Parser Error");

  private Faults() {}

  /**
   * @param subject what the statement was about: a table, a file, a query
   */
  static KithException of(SQLException fault, String subject) {
    String text = String.valueOf(fault.getMessage());
    String kind = kindOf(text);
    String message = withoutExcerpt(text.substring(kind.isEmpty() ? 0 : kind.length() + 1));
    String lower = message.toLowerCase(Locale.ROOT);
    if (kind.equals("INTERRUPT Error")) {
      return stopped(subject);
    }
    if (lower.contains(DISK_FULL)) {
      return diskFull(subject, fault);
    }
    if (kind.equals("Out of Memory Error") || lower.contains("max_temp_directory_size")) {
      return KithException.outside(
              EngineCode.OUT_OF_SPACE, subject, cannot(subject, firstSentence(message)), fault)
          .withHelp("raise 'memory:' in kith.yaml, or free some disk for temporary files");
    }
    if (kind.equals("INTERNAL Error") || kind.equals("FATAL Error")) {
      return KithException.bug(EngineCode.ENGINE_BROKEN, subject, cannot(subject, message), fault);
    }
    if (message.contains(StrictCast.COMPLAINT)) {
      return KithException.project(
          EngineCode.VALUE_DOES_NOT_FIT, subject, "Cannot write to " + subject + ": " + message);
    }
    if (message.contains(RangeBounds.COMPLAINT)) {
      return KithException.project(
          EngineCode.OUTSIDE_RANGE, subject, "Cannot write to " + subject + ": " + message);
    }
    if (!STATEMENT.contains(kind) && DAMAGE.stream().anyMatch(lower::contains)) {
      return KithException.outside(
          EngineCode.UNREADABLE_FILE, subject, cannot(subject, message), fault);
    }
    if (kind.equals("IO Error") || kind.equals("Permission Error")) {
      return KithException.outside(
          EngineCode.FILE_ACCESS_FAILED, subject, cannot(subject, message), fault);
    }
    return KithException.project(EngineCode.STATEMENT_FAILED, subject, cannot(subject, message));
  }

  /** For a disk that is full, wherever that was met. */
  static KithException diskFull(String subject, Exception fault) {
    Matcher file = FILE.matcher(String.valueOf(fault.getMessage()));
    String where = file.find() ? ": " + file.group(1) : "";
    return KithException.outside(
            EngineCode.OUT_OF_SPACE,
            subject,
            "Cannot write " + subject + ": no space left on the disk" + where,
            fault)
        .withHelp("free some disk; nothing of what was written is kept");
  }

  static boolean isDiskFull(Exception fault) {
    return String.valueOf(fault.getMessage()).toLowerCase(Locale.ROOT).contains(DISK_FULL);
  }

  /** For work that somebody has cancelled. */
  static KithException stopped(String subject) {
    return KithException.outside(
        EngineCode.CANCELLED, subject, "Cannot finish " + subject + ": it was stopped", null);
  }

  static boolean reasonIsLost(SQLException fault) {
    return String.valueOf(fault.getMessage()).contains(REASON_LOST);
  }

  private static String cannot(String subject, String message) {
    return "Cannot compute " + subject + ": " + message;
  }

  /** {@code Conversion Error} of {@code Conversion Error: Could not ...}. */
  private static String kindOf(String text) {
    int colon = text.indexOf(':');
    return colon > 0 && text.substring(0, colon).endsWith("Error") ? text.substring(0, colon) : "";
  }

  /** Leaves out the excerpt of the statement: it is ours around the user's, at other places. */
  private static String withoutExcerpt(String message) {
    int excerpt = message.indexOf("\n\nLINE ");
    String text = excerpt < 0 ? message : message.substring(0, excerpt);
    return text.strip().replaceAll("\\s*\n\\s*", "; ");
  }

  private static String firstSentence(String message) {
    int end = message.indexOf("; ");
    return end < 0 ? message : message.substring(0, end);
  }
}
