package dev.kith.measures;

import dev.kith.model.definition.Window;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a column of a profile is computed from. */
public sealed interface ColumnOrigin {

  /** The person's key. */
  record Key() implements ColumnOrigin {}

  /** A column of the version that is valid at the instant. */
  record Attribute(String column) implements ColumnOrigin {}

  /**
   * An aggregate of the person's events in a window.
   *
   * @param valueType the type of the aggregated expression, if there is one
   * @param reads the columns of the table that its expressions name
   */
  record Measured(
      EventTable events,
      Aggregate aggregate,
      Optional<DataType> valueType,
      Window window,
      List<String> reads)
      implements ColumnOrigin {
    public Measured {
      reads = List.copyOf(reads);
    }
  }

  /**
   * A derived column: an expression over measures of one window.
   *
   * @param columns the names that stand in the expression, and the profile's columns that they mean
   */
  record Derived(String sql, Map<String, String> columns) implements OfColumns {
    public Derived {
      columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }
  }

  /**
   * An expression over the profile's columns before it.
   *
   * @param columns the names that stand in the expression, each meaning itself
   */
  record Metric(String sql, Map<String, String> columns) implements OfColumns {
    public Metric {
      columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }
  }

  /** An expression over other columns of the same person and {@code as_of}. */
  sealed interface OfColumns extends ColumnOrigin {
    String sql();

    Map<String, String> columns();
  }

  /** The latest events of the person, newest first. */
  record Transactions(EventTable events, int latest, List<Column> columns) implements ColumnOrigin {
    public Transactions {
      columns = List.copyOf(columns);
    }
  }
}
