package dev.kith.lake;

import java.util.function.LongConsumer;
import org.roaringbitmap.longlong.LongIterator;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** A set of positions of rows in a file, 0-based and in the order of the file. Not thread-safe. */
public final class RowPositions {

  private final Roaring64Bitmap bitmap;

  private RowPositions(Roaring64Bitmap bitmap) {
    this.bitmap = bitmap;
  }

  public static RowPositions none() {
    return new RowPositions(new Roaring64Bitmap());
  }

  public static RowPositions of(long... positions) {
    return new RowPositions(Roaring64Bitmap.bitmapOf(positions));
  }

  public void add(long position) {
    bitmap.addLong(position);
  }

  public boolean contains(long position) {
    return bitmap.contains(position);
  }

  public long count() {
    return bitmap.getLongCardinality();
  }

  public boolean isEmpty() {
    return bitmap.isEmpty();
  }

  /** Gives every position, from the smallest on. */
  public void forEach(LongConsumer consumer) {
    LongIterator iterator = bitmap.getLongIterator();
    while (iterator.hasNext()) {
      consumer.accept(iterator.next());
    }
  }

  public long[] toArray() {
    return bitmap.toArray();
  }

  /** The positions that are here and not there. */
  public RowPositions without(RowPositions other) {
    Roaring64Bitmap result = bitmap.clone();
    result.andNot(other.bitmap);
    return new RowPositions(result);
  }

  /** The positions that are here, there or both. */
  public RowPositions union(RowPositions other) {
    Roaring64Bitmap result = bitmap.clone();
    result.or(other.bitmap);
    return new RowPositions(result);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowPositions positions && bitmap.equals(positions.bitmap);
  }

  @Override
  public int hashCode() {
    return bitmap.hashCode();
  }

  @Override
  public String toString() {
    return bitmap.toString();
  }
}
