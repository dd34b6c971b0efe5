package dev.kith.sources;

import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Decimal;
import dev.kith.model.type.DataType.Primitive;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The conversion of a column that already has a type into another, without loss, in SQL.
 *
 * @param sql the value
 * @param unfitSql true where a value does not fit; nothing if all do
 */
record SqlConversion(String sql, Optional<String> unfitSql) {

  private static final LocalDateTime ANY = LocalDateTime.of(2000, 1, 1, 0, 0);

  /**
   * Makes one.
   *
   * @param expression of the column
   * @param table where its times can be looked through
   */
  static SqlConversion of(
      String expression, DataType from, DataType to, ZoneId zone, Session session, String table) {
    String value = "CAST(" + expression + " AS " + from.sql() + ")";
    if (to == Primitive.INSTANT && (from == Primitive.TIMESTAMP || from == Primitive.DATE)) {
      String local = "CAST(" + expression + " AS TIMESTAMP)";
      return always(instants(local, zone, session, table).sql(local));
    }
    if (isLossless(from, to)) {
      return always("CAST(" + value + " AS " + to.sql() + ")");
    }
    String converted = "TRY_CAST(" + value + " AS " + to.sql() + ")";
    return new SqlConversion(
        converted,
        Optional.of(
            "%s IS NOT NULL AND TRY_CAST(%s AS %s) IS DISTINCT FROM %s"
                .formatted(value, converted, from.sql(), value)));
  }

  private static SqlConversion always(String sql) {
    return new SqlConversion(sql, Optional.empty());
  }

  private static LocalInstants instants(String local, ZoneId zone, Session session, String table) {
    if (zone.getRules().isFixedOffset()) {
      return new LocalInstants(zone, ANY, ANY);
    }
    try (Rows span =
        session.query("SELECT min(%1$s), max(%1$s) FROM %2$s".formatted(local, table))) {
      span.next();
      return new LocalInstants(
          zone,
          span.value(0) instanceof LocalDateTime from ? from : ANY,
          span.value(1) instanceof LocalDateTime to ? to : ANY);
    }
  }

  private static boolean isLossless(DataType from, DataType to) {
    if (from.equals(to) || to == Primitive.TEXT) {
      return true;
    }
    if (from == Primitive.INTEGER) {
      return to == Primitive.BIGINT || to == Primitive.DOUBLE || digits(to) >= 10;
    }
    if (from == Primitive.BIGINT) {
      return digits(to) >= 19;
    }
    if (from == Primitive.FLOAT) {
      return to == Primitive.DOUBLE;
    }
    if (from == Primitive.DATE) {
      return to == Primitive.TIMESTAMP;
    }
    return from instanceof Decimal narrow
        && to instanceof Decimal wide
        && wide.scale() >= narrow.scale()
        && digits(to) >= narrow.precision() - narrow.scale();
  }

  private static int digits(DataType type) {
    return type instanceof Decimal decimal ? decimal.precision() - decimal.scale() : 0;
  }
}
