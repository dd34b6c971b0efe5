package dev.kith.lake;

/** What the files of a table are packed for. */
public enum Compression {
  /** Few bytes: Zstandard, and what all readers of Parquet understand. */
  SMALL("zstd"),
  /**
   * Little work for who reads whole columns again and again: LZ4, and the encodings of the second
   * version of Parquet's pages. Not for tables that other programs read: some cannot.
   */
  QUICK("lz4_raw");

  private final String codec;

  Compression(String codec) {
    this.codec = codec;
  }

  /** The codec's name, as Parquet and Iceberg have it. */
  public String codec() {
    return codec;
  }
}
