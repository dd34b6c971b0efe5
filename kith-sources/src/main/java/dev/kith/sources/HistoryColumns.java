package dev.kith.sources;

import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.Primitive;
import java.util.List;

/** The columns of an entity's history beside the source's own. */
final class HistoryColumns {

  static final Column VALID_FROM = new Column("valid_from", Primitive.INSTANT);
  static final Column VALID_TO = new Column("valid_to", Primitive.INSTANT);
  static final Column SINCE_EVER = new Column("_since_ever", Primitive.BOOLEAN);

  static final List<Column> ALL =
      List.of(
          VALID_FROM,
          VALID_TO,
          SINCE_EVER,
          EventColumns.INGESTED_AT,
          EventColumns.BATCH,
          EventColumns.ORIGIN);

  private HistoryColumns() {}
}
