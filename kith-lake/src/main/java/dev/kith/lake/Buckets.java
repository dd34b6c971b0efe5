package dev.kith.lake;

import dev.kith.model.type.DataType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.apache.iceberg.transforms.Transforms;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.util.SerializableFunction;

/** The hash that spreads values over {@link Partitioning.Bucket buckets}: Iceberg's (Murmur3). */
public final class Buckets {

  private Buckets() {}

  /**
   * The bucket of a value that is not NULL.
   *
   * @return a function from values of the type, as {@code Rows.value} gives them, to 0..count-1
   */
  public static Function<Object, Integer> of(DataType type, int count) {
    Type iceberg = IcebergTypes.toIceberg(type);
    SerializableFunction<Object, Integer> bucket = Transforms.<Object>bucket(count).bind(iceberg);
    return value -> bucket.apply(internal(value, iceberg));
  }

  private static Object internal(Object value, Type type) {
    Object internal = IcebergValues.toIceberg(value, type);
    if (internal instanceof BigDecimal decimal && type.typeId() == Type.TypeID.DECIMAL) {
      return decimal;
    }
    return internal instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : internal;
  }
}
