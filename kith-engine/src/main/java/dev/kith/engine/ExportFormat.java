package dev.kith.engine;

/** Formats of files for others to read. */
public enum ExportFormat {
  CSV,
  /** One JSON object per line. */
  NDJSON,
  PARQUET
}
