package dev.kith.measures;

import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;

/**
 * A column of a profile.
 *
 * @param canonical a text that changes when the meaning of the column does; for fingerprints
 */
public record OutputColumn(String name, DataType type, ColumnOrigin origin, String canonical) {

  public Column column() {
    return new Column(name, type);
  }
}
