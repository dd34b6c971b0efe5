package dev.kith.sources.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What tells one Parquet file from another without reading its data: the digest of its footer,
 * which holds the place, size and statistics of every column.
 */
final class ParquetFooter {

  private static final int TAIL_BYTES = 8;

  private ParquetFooter() {}

  static String digest(Path file, String name) {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      long length = bytes.length();
      byte[] tail = new byte[TAIL_BYTES];
      if (length >= 2 * TAIL_BYTES) {
        bytes.seek(length - TAIL_BYTES);
        bytes.readFully(tail);
      }
      long footer =
          (tail[0] & 0xffL)
              | (tail[1] & 0xffL) << 8
              | (tail[2] & 0xffL) << 16
              | (tail[3] & 0xffL) << 24;
      boolean magic = new String(tail, 4, 4, StandardCharsets.ISO_8859_1).equals("PAR1");
      if (!magic || footer > length - TAIL_BYTES) {
        throw FileFaults.unreadable(name, "cut off, or not a Parquet file")
            .withHelp("Bring the whole file and run again; nothing of it was taken");
      }
      byte[] content = new byte[(int) footer];
      bytes.seek(length - TAIL_BYTES - footer);
      bytes.readFully(content);
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(content), 0, 16);
    } catch (IOException e) {
      throw FileFaults.of(name, null, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
