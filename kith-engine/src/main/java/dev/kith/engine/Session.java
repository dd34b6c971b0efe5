package dev.kith.engine;

import dev.kith.lake.PhysicalTable;
import dev.kith.model.TableName;
import dev.kith.model.type.TableSchema;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One line of work on an engine: relations are bound to names, then statements over them are
 * queried or written. Statements are in Kith's SQL (DuckDB's dialect) and have been validated.
 *
 * <p>Used by one thread; {@link #cancel()} and {@link #progress()} may be called from any. Faults
 * are {@link dev.kith.model.KithException}s with a code of {@link EngineCode}.
 */
public interface Session extends AutoCloseable {

  /**
   * Makes rows readable under a name, instead of what was bound to it before.
   *
   * @param exposed columns whose name begins with an underscore are hidden, except these
   */
  void bind(TableName name, Input input, Set<String> exposed);

  /** Makes a query over bound relations readable under a name. */
  void bindView(TableName name, String sql);

  /** Names and types of a query's columns, without running it. */
  TableSchema describe(String sql);

  /** Computes a query once and keeps its rows under a temporary name; they spill when large. */
  void materialise(String temporaryName, String sql);

  /** Makes an empty temporary table that takes rows from Java. */
  RowSink stage(String temporaryName, TableSchema schema);

  /**
   * Makes Parquet files outside the warehouse readable under a temporary name, with {@code
   * filename} and {@code file_row_number} as further columns.
   */
  void bindFiles(String temporaryName, List<Path> parquetFiles);

  /** Forgets a temporary table. */
  void drop(String temporaryName);

  /** Runs a query; rows stream as they are read and never fill the memory. */
  Rows query(String sql);

  /**
   * Writes the rows of a query into a table and commits them in one snapshot with its provenance.
   *
   * @return what was written; a request that would change nothing commits nothing
   */
  WriteOutcome write(WriteRequest request);

  /**
   * Joins a table's small files, and rewrites those with many deleted rows; the rows stay the same
   * rows.
   *
   * @return the snapshot; empty where the table needs no compaction
   */
  OptionalLong compact(PhysicalTable table);

  /**
   * Writes the rows of a query into one file, instead of what it held before.
   *
   * @return how many rows
   */
  long export(String sql, Path file, ExportFormat format);

  /**
   * As {@link #export}, of rows whose order is of no matter, not even that of the query: so fewer
   * of them are held at once.
   */
  long exportUnordered(String sql, Path file, ExportFormat format);

  /**
   * Lets {@link #progress} know how far statements are from now on. Not for sessions that nobody
   * watches: engines may spend a few hundredths of their time on it.
   */
  void watch();

  /** How far the running statement is, 0 to 1, or a negative number when not known. */
  double progress();

  /** Stops the running statement, which fails with {@link EngineCode#CANCELLED}. */
  void cancel();

  @Override
  void close();
}
