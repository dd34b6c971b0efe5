package dev.kith.measures;

import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * That a profile is built so that its next update can start from what was computed for this one.
 *
 * @param key the type of the person's key
 * @param frame the instant that the profile is of
 */
record Keeping(DataType key, SingleFrame frame) {

  /** The columns of rows about people. */
  TableSchema schema(Map<String, DataType> columns) {
    List<Column> all = new ArrayList<>();
    all.add(new Column(Frame.KEY, key));
    columns.forEach((name, type) -> all.add(new Column(name, type)));
    return new TableSchema(all);
  }
}
