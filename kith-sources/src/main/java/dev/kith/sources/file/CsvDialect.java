package dev.kith.sources.file;

import de.siegmar.fastcsv.reader.CsvReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How CSV is written.
 *
 * @param delimiter between fields
 * @param quote around fields; 0 where there is none
 */
record CsvDialect(String delimiter, char quote) {

  private static final List<String> DELIMITERS = List.of(",", ";", "\t", "|");

  /** A reader's settings: what is not well-formed is refused, never guessed at. */
  CsvReader.CsvReaderBuilder reader() {
    return CsvReader.builder()
        .fieldSeparator(delimiter)
        .quoteCharacter(quote == 0 ? '\uffff' : quote)
        .allowUnclosedQuote(false)
        .skipEmptyLines(false);
  }

  /** The delimiter that splits the most lines alike; a comma where none does. */
  static String detectDelimiter(List<Line> lines, char quote) {
    String best = ",";
    long bestScore = 0;
    for (String candidate : DELIMITERS) {
      CsvDialect dialect = new CsvDialect(candidate, quote);
      Map<Integer, Long> linesByCount = new TreeMap<>();
      for (Line line : lines) {
        if (!line.text().isBlank()) {
          linesByCount.merge(dialect.delimiters(line.text()), 1L, Long::sum);
        }
      }
      long score =
          linesByCount.entrySet().stream()
              .filter(entry -> entry.getKey() > 0)
              .mapToLong(entry -> entry.getValue() * 1000 + Math.min(entry.getKey(), 999))
              .max()
              .orElse(0);
      if (score > bestScore) {
        best = candidate;
        bestScore = score;
      }
    }
    return best;
  }

  private int delimiters(String line) {
    int count = 0;
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) == quote && quote != 0) {
        quoted = !quoted;
      } else if (!quoted && line.startsWith(delimiter, i)) {
        count++;
      }
    }
    return count;
  }

  /** Where a record stands at the end of one of its lines. */
  enum State {
    /** At the start of a field, or outside quotes: the record is complete. */
    COMPLETE,
    /** Inside quotes: it goes on in the next line. */
    OPEN
  }

  /** Whether a record goes on after a line that began in a state. */
  State after(State before, String line) {
    if (quote == 0 || (before == State.COMPLETE && line.indexOf(quote) < 0)) {
      return State.COMPLETE;
    }
    int length = line.length();
    boolean quoted = before == State.OPEN;
    boolean fieldStart = !quoted;
    for (int i = 0; i < length; i++) {
      char c = line.charAt(i);
      if (quoted) {
        if (c == quote) {
          if (i + 1 < length && line.charAt(i + 1) == quote) {
            i++;
          } else {
            quoted = false;
          }
        }
      } else if (c == quote && fieldStart) {
        quoted = true;
        fieldStart = false;
      } else if (line.startsWith(delimiter, i)) {
        i += delimiter.length() - 1;
        fieldStart = true;
      } else {
        fieldStart = false;
      }
    }
    return quoted ? State.OPEN : State.COMPLETE;
  }
}
