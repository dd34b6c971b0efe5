package dev.kith.sources.file;

/**
 * What of a file has been taken.
 *
 * @param path relative to the project folder, with forward slashes; absolute outside of it
 * @param size of the file in bytes
 * @param modified the file's time of change in milliseconds, or 0 where it was too recent to tell a
 *     later change by it
 * @param bytes of the content, decompressed
 * @param records in it, broken ones too
 * @param digest of the content; of Parquet, of its footer
 * @param endsWithLine whether the content ends with a complete line
 */
public record FileState(
    String path,
    long size,
    long modified,
    long bytes,
    long records,
    String digest,
    boolean endsWithLine) {}
