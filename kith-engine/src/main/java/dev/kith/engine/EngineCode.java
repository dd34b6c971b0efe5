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
      "The rows to be written have a column that the table does not have.");

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
