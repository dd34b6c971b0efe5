package dev.kith.sources;

import dev.kith.model.TableName;

/** Hears how far an ingestion is; called every few thousand rows. */
@FunctionalInterface
public interface IngestListener {

  /** Hears nothing. */
  IngestListener NONE = (source, what, rows) -> {};

  /**
   * @param what is being read: a file, or a database's table
   * @param rows read so far of the whole source
   */
  void reading(TableName source, String what, long rows);
}
