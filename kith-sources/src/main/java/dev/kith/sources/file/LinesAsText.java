package dev.kith.sources.file;

import java.io.IOException;
import java.io.Reader;

/** Lines put together again, for a parser that reads text. */
final class LinesAsText extends Reader {

  private final LineReader lines;
  private String text = "";
  private int at;

  LinesAsText(LineReader lines) {
    this.lines = lines;
  }

  @Override
  public int read(char[] buffer, int offset, int most) throws IOException {
    while (at == text.length()) {
      Line next = lines.next();
      if (next == null) {
        return -1;
      }
      text = next.text() + next.end();
      at = 0;
    }
    int count = Math.min(most, text.length() - at);
    text.getChars(at, at + count, buffer, offset);
    at += count;
    return count;
  }

  @Override
  public void close() {
    // The lines belong to the file.
  }
}
