package dev.kith.run.asof;

import dev.kith.engine.ExportFormat;
import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import java.nio.file.Path;

/**
 * The rows of a question in their order, each with the columns that were asked for as they were at
 * its instant. Computed when it is made, and kept with the engine until it is closed.
 */
public final class AsOfAnswer implements AutoCloseable {

  private final Session session;
  private final String sql;
  private final Counts counts;

  /**
   * How the rows fared.
   *
   * @param rows all of them
   * @param withoutKey whose key is NULL: {@code exists} is false, the profile's columns are NULL
   * @param withoutInstant whose instant is NULL or infinite though they have a key; likewise
   * @param notExisting of people who did not exist at the instant; likewise
   */
  public record Counts(long rows, long withoutKey, long withoutInstant, long notExisting) {}

  AsOfAnswer(Session session, String sql, Counts counts) {
    this.session = session;
    this.sql = sql;
    this.counts = counts;
  }

  public Counts counts() {
    return counts;
  }

  /**
   * The columns of the given rows (and {@code as_of} where one instant was given for all), {@code
   * exists}, and the columns that were asked for.
   */
  public Rows rows() {
    return session.query(sql);
  }

  /** Writes the rows to a file, instead of what it held before; returns their number. */
  public long export(Path file, ExportFormat format) {
    return session.export(sql, file, format);
  }

  @Override
  public void close() {
    session.close();
  }
}
