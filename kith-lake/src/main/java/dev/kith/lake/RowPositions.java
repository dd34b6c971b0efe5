package dev.kith.lake;

import java.util.BitSet;
import java.util.function.LongConsumer;

/**
 * A set of positions of rows in a file, 0-based and in the order of the file, below 2^31. Takes a
 * bit for each row up to the last. Not thread-safe.
 */
public final class RowPositions {

  private final BitSet bits;

  private RowPositions(BitSet bits) {
    this.bits = bits;
  }

  public static RowPositions none() {
    return new RowPositions(new BitSet());
  }

  public static RowPositions of(long... positions) {
    RowPositions all = none();
    for (long position : positions) {
      all.add(position);
    }
    return all;
  }

  /** The first positions of a file. */
  public static RowPositions below(long rows) {
    RowPositions all = none();
    all.bits.set(0, Math.toIntExact(rows));
    return all;
  }

  public void add(long position) {
    bits.set(Math.toIntExact(position));
  }

  public boolean contains(long position) {
    return bits.get(Math.toIntExact(position));
  }

  public long count() {
    return bits.cardinality();
  }

  public boolean isEmpty() {
    return bits.isEmpty();
  }

  /** Gives every position, from the smallest on. */
  public void forEach(LongConsumer consumer) {
    for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(i + 1)) {
      consumer.accept(i);
    }
  }

  /**
   * A bit for each row of a file, that of the first row being the first byte's most significant.
   *
   * @param rows how many the file has
   */
  public byte[] toBytes(long rows) {
    byte[] bytes = new byte[Math.toIntExact((rows + 7) / 8)];
    byte[] set = bits.toByteArray();
    for (int i = 0; i < Math.min(set.length, bytes.length); i++) {
      bytes[i] = (byte) (Integer.reverse(set[i]) >>> 24);
    }
    return bytes;
  }

  /** The positions that are here and not there. */
  public RowPositions without(RowPositions other) {
    BitSet result = (BitSet) bits.clone();
    result.andNot(other.bits);
    return new RowPositions(result);
  }

  /** The positions that are here, there or both. */
  public RowPositions union(RowPositions other) {
    BitSet result = (BitSet) bits.clone();
    result.or(other.bits);
    return new RowPositions(result);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowPositions positions && bits.equals(positions.bits);
  }

  @Override
  public int hashCode() {
    return bits.hashCode();
  }

  @Override
  public String toString() {
    return bits.toString();
  }
}
