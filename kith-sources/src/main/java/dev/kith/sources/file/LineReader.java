package dev.kith.sources.file;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of a text with their numbers; lines end with LF, CR LF or CR. */
final class LineReader {

  private static final int BUFFER_CHARACTERS = 1 << 16;
  private static final int LONGEST_LINE = 1 << 26;

  private final Reader text;
  private final char[] buffer = new char[BUFFER_CHARACTERS];
  private final Deque<Line> givenBack = new ArrayDeque<>();
  private int at;
  private int limit;
  private long number;
  private boolean ended;

  LineReader(Reader text) {
    this.text = text;
  }

  /** The number of the line that is being read, or was read last. */
  long number() {
    return number;
  }

  /** The next line, or null at the end. */
  @Nullable Line next() throws IOException {
    if (!givenBack.isEmpty()) {
      return givenBack.pop();
    }
    number++;
    StringBuilder start = null;
    while (true) {
      int end = at;
      while (end < limit && buffer[end] != '\n' && buffer[end] != '\r') {
        end++;
      }
      if (end < limit) {
        String line = text(start, end);
        at = end;
        return new Line(number, line, takeEnd());
      }
      if (limit > at) {
        start = start == null ? new StringBuilder() : start;
        start.append(buffer, at, limit - at);
        if (start.length() > LONGEST_LINE) {
          throw new IOException("a line is longer than " + LONGEST_LINE + " characters");
        }
      }
      if (!fill()) {
        return start == null ? null : new Line(number, start.toString(), "");
      }
    }
  }

  /** Makes lines that were read come again, the first of the list first. */
  void giveBack(List<Line> lines) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      givenBack.push(lines.get(i));
    }
  }

  private String text(@Nullable StringBuilder start, int end) {
    return start == null
        ? new String(buffer, at, end - at)
        : start.append(buffer, at, end - at).toString();
  }

  private String takeEnd() throws IOException {
    if (buffer[at++] == '\n') {
      return "\n";
    }
    if (at == limit && !fill()) {
      return "\r";
    }
    if (buffer[at] == '\n') {
      at++;
      return "\r\n";
    }
    return "\r";
  }

  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    at = 0;
    limit = Math.max(0, text.read(buffer, 0, buffer.length));
    ended = limit == 0;
    return !ended;
  }
}
