package dev.kith.sources.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Text of bytes. Bytes that are no text in the encoding are a {@link CharacterCodingException} at
 * exactly that place: everything before them is given out first, so that the reader knows the line.
 * ({@link java.io.InputStreamReader} loses what it had decoded.) A byte order mark is skipped, and
 * tells UTF-16 where no encoding is given.
 */
final class TextDecoder extends Reader {

  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream bytes;
  private final CharsetDecoder decoder;
  private final ByteBuffer input = ByteBuffer.allocate(BUFFER_BYTES);
  private boolean ended;
  private @Nullable CoderResult pending;

  TextDecoder(InputStream bytes, @Nullable Charset encoding) throws IOException {
    this.bytes = bytes;
    input.limit(0);
    fill();
    Charset charset = skipMark(encoding);
    decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  Charset charset() {
    return decoder.charset();
  }

  private Charset skipMark(@Nullable Charset encoding) throws IOException {
    while (input.remaining() < 3 && !ended) {
      fill();
    }
    int first = input.remaining() > 0 ? input.get(input.position()) & 0xff : -1;
    int second = input.remaining() > 1 ? input.get(input.position() + 1) & 0xff : -1;
    int third = input.remaining() > 2 ? input.get(input.position() + 2) & 0xff : -1;
    Charset charset = encoding == null ? StandardCharsets.UTF_8 : encoding;
    if (first == 0xef && second == 0xbb && third == 0xbf) {
      if (charset.equals(StandardCharsets.UTF_8)) {
        input.position(input.position() + 3);
      }
      return charset;
    }
    boolean bigEndian = first == 0xfe && second == 0xff;
    boolean mark16 = bigEndian || (first == 0xff && second == 0xfe);
    if (mark16 && (encoding == null || charset.name().startsWith("UTF-16"))) {
      input.position(input.position() + 2);
      return bigEndian ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
    }
    return charset;
  }

  @Override
  public int read(char[] buffer, int offset, int most) throws IOException {
    if (pending != null) {
      pending.throwException();
    }
    CharBuffer output = CharBuffer.wrap(buffer, offset, most);
    while (true) {
      CoderResult result = decoder.decode(input, output, ended);
      boolean some = output.position() > 0;
      if (result.isError()) {
        if (!some) {
          result.throwException();
        }
        pending = result;
        return output.position();
      }
      if (some) {
        return output.position();
      }
      if (ended) {
        return -1;
      }
      fill();
    }
  }

  private void fill() throws IOException {
    input.compact();
    int count = bytes.read(input.array(), input.position(), input.remaining());
    if (count < 0) {
      ended = true;
    } else {
      input.position(input.position() + count);
    }
    input.flip();
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
