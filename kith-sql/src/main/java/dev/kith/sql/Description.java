package dev.kith.sql;

import java.util.List;

/** What DuckDB says a query gives. */
sealed interface Description {

  /** The query is right. */
  record Columns(List<Output> outputs) implements Description {
    public Columns {
      outputs = List.copyOf(outputs);
    }
  }

  /** The query is wrong. */
  record Refused(EngineFault fault) implements Description {}

  /** A column's name, and its type as DuckDB spells it. */
  record Output(String name, String type) {}
}
