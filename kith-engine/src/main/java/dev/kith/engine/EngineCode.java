package dev.kith.engine;

import dev.kith.model.DiagnosticCode;

/** Faults of an engine at work. */
public enum EngineCode implements DiagnosticCode {
  STATEMENT_FAILED(
      "E001",
      "a statement failed",
      "The engine refused a statement or met a value that it could not compute with, such as a"
          + " cast of text that is not a number or a sum that overflows. The message is the"
          + " engine's."),
  CANCELLED("E002", "a statement was stopped", "Somebody, or a time limit, stopped the statement."),
  OUT_OF_SPACE(
      "E003",
      "work that did not fit into memory found no room on the disk",
      "Raise `memory:`, free some disk, or set `temporary: {folder, limit}` in kith.yaml."),
  DUPLICATE_KEY(
      "E004",
      "a table's key is not unique",
      "The query gives two rows with the same `key:`. Add a column to the key, or aggregate."),
  UNKNOWN_COLUMN(
      "E005",
      "rows have a column that the table lacks",
      "The rows to be written have a column that the table does not have."),
  UNREADABLE_FILE(
      "E006",
      "a file is damaged",
      "A Parquet file could not be read: it is cut off, or its bytes were changed. Replace it by a"
          + " good copy; a file of the warehouse is mended by building its table anew."),
  OUTSIDE_RANGE(
      "E007",
      "rows lie outside the range that they replace",
      "A table in mode `by_time` is rebuilt from one instant to another, and the query gave rows"
          + " whose time is NULL or lies elsewhere. They would be added again by every run."),
  MEMORY_TOO_SMALL(
      "E008",
      "the memory does not suffice to start",
      "`memory:` bounds the whole process: the Java heap, the engine and a reserve. Raise it, or"
          + " start Java with a smaller heap."),
  UNSUPPORTED_TYPE(
      "E009",
      "a column has a type that cannot be stored",
      "Intervals, bit strings and times of day with a zone cannot be stored: cast the column in"
          + " the query."),
  FILE_ACCESS_FAILED(
      "E010",
      "a file could not be opened, read or written",
      "The file is missing, may not be accessed, or lies outside the folders that SQL may read:"
          + " the warehouse and its temporary files."),
  CHANGES_UNKNOWN(
      "E011",
      "the rows that changed between two snapshots are not known",
      "The earlier snapshot has expired or belongs to another history. Build anew what depends on"
          + " the table."),
  ENGINE_BROKEN(
      "E012",
      "the engine failed inside",
      "This is a fault of the engine or of Kith, not of the project. Please report it."),
  VALUE_DOES_NOT_FIT(
      "E013",
      "a value does not fit its column",
      "A value would be cut or rounded to get into the column. Cast or round it in the query, or"
          + " give the column a wider type.");

  private final String id;
  private final String summary;
  private final String explanation;

  EngineCode(String id, String summary, String explanation) {
    this.id = id;
    this.summary = summary;
    this.explanation = explanation;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String summary() {
    return summary;
  }

  @Override
  public String explanation() {
    return explanation;
  }
}
