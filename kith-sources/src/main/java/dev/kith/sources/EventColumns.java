package dev.kith.sources;

import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.Primitive;
import java.util.List;

/** Hidden columns of every ingested row. */
final class EventColumns {

  static final Column INGESTED_AT = new Column("_ingested_at", Primitive.INSTANT);
  static final Column BATCH = new Column("_batch", Primitive.TEXT);
  static final Column ORIGIN = new Column("_origin", Primitive.TEXT);

  static final List<Column> ALL = List.of(INGESTED_AT, BATCH, ORIGIN);

  private EventColumns() {}
}
