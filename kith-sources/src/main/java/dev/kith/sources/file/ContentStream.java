package dev.kith.sources.file;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/**
 * A file's content, decompressed by what its first bytes say (gzip, zstd, else plain), with its
 * length and digest so far. Both are of the content, not of the file, so that a compressed file
 * that was grown and compressed anew is still known again.
 */
final class ContentStream extends FilterInputStream {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int DIGEST_BYTES = 16;

  private final MessageDigest digest;
  private long length;
  private int lastByte = -1;
  private int byteBefore = -1;

  private ContentStream(InputStream content) {
    super(content);
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  static ContentStream open(Path file) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      raw.mark(4);
      byte[] magic = raw.readNBytes(4);
      raw.reset();
      return new ContentStream(decompress(raw, magic));
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private static InputStream decompress(InputStream raw, byte[] magic) throws IOException {
    if (magic.length >= 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b) {
      return new GZIPInputStream(raw, BUFFER_BYTES);
    }
    if (Arrays.equals(magic, new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd})) {
      return new ZstdInputStream(raw);
    }
    return raw;
  }

  @Override
  public int read(byte[] buffer, int offset, int most) throws IOException {
    int count = in.read(buffer, offset, most);
    if (count > 0) {
      digest.update(buffer, offset, count);
      length += count;
      byteBefore = count > 1 ? buffer[offset + count - 2] : lastByte;
      lastByte = buffer[offset + count - 1];
    }
    return count;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return count < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public long skip(long count) throws IOException {
    throw new IOException("Cannot skip content that is digested");
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Reads until that length is reached, or less at the end. */
  void readTo(long target) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    while (length < target) {
      if (read(buffer, 0, (int) Math.min(buffer.length, target - length)) < 0) {
        return;
      }
    }
  }

  /** How much was read so far. */
  long length() {
    return length;
  }

  /** Whether what was read so far ends with a line. */
  boolean endsWithLine() {
    // UTF-16 with its low byte first ends a line with a zero.
    int last = lastByte == 0 ? byteBefore : lastByte;
    return length == 0 || last == '\n' || last == '\r';
  }

  /** The digest of what was read so far: the first half of its SHA-256. */
  String digest() {
    try {
      MessageDigest soFar = (MessageDigest) digest.clone();
      return HexFormat.of().formatHex(soFar.digest(), 0, DIGEST_BYTES);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("SHA-256 of the JDK can be cloned", e);
    }
  }
}
