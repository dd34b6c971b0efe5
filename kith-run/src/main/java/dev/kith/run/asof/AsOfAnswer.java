package dev.kith.run.asof;

import dev.kith.engine.ExportFormat;
import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import java.nio.file.Path;

/**
 * The rows of a question, each with the columns that were asked for as they were at its instant.
 * Computed when it is made, and kept with the engine until it is closed.
 */
public final class AsOfAnswer implements AutoCloseable {

  private final Session session;
  private final String sql;
  private final String order;
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

  /**
   * @param sql gives the rows
   * @param order an ORDER BY that puts them in the order in which they were given
   */
  AsOfAnswer(Session session, String sql, String order, Counts counts) {
    this.session = session;
    this.sql = sql;
    this.order = order;
    this.counts = counts;
  }

  public Counts counts() {
    return counts;
  }

  /**
   * The columns of the given rows (and {@code as_of} where one instant was given for all), {@code
   * exists}, and the columns that were asked for; in the order of the given rows.
   */
  public Rows rows() {
    return session.query(sql + order);
  }

  /**
   * Writes the rows to a file, instead of what it held before; returns their number. In Parquet
   * they are in no order, which takes half the memory; in other formats, in that of the given rows.
   */
  public long export(Path file, ExportFormat format) {
    return format == ExportFormat.PARQUET
        ? session.exportUnordered(sql, file, format)
        : session.export(sql + order, file, format);
  }

  @Override
  public void close() {
    session.close();
  }
}
