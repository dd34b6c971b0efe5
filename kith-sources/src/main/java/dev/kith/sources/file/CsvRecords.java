package dev.kith.sources.file;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import dev.kith.sources.file.CsvDialect.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * CSV records. Lines are joined to records here and split into fields by FastCSV, so that the raw
 * text and the line of each are exact, and a fault stays where it is: a quote that is never closed
 * costs the line that it opens in, and reading goes on with the next one. (A parser over the whole
 * text would take everything to the end of the file, or to the next quote, into one field.)
 */
final class CsvRecords {

  private static final int MOST_LINES = 1000;
  private static final int MOST_CHARACTERS = 1 << 24;

  private final LineReader lines;
  private final CsvDialect dialect;
  private final CsvReader.CsvReaderBuilder parser;
  private final CsvFields fields;
  private final List<Line> record = new ArrayList<>();
  private String raw = "";
  private long line;
  private @Nullable String fault;

  /**
   * @param nullTexts texts that stand for NULL
   */
  CsvRecords(LineReader lines, CsvDialect dialect, Set<String> nullTexts) {
    this.lines = lines;
    this.dialect = dialect;
    this.parser = dialect.reader();
    this.fields = new CsvFields(nullTexts);
  }

  /**
   * Goes to the next record; lines without any text are none.
   *
   * @param width how many fields a record has, or -1 where that is not known yet
   */
  boolean next(int width) throws IOException {
    Line first = lines.next();
    while (first != null && first.text().isEmpty()) {
      first = lines.next();
    }
    if (first == null) {
      return false;
    }
    line = first.number();
    fault = null;
    raw = first.text();
    State state = dialect.after(State.COMPLETE, raw);
    if (state == State.COMPLETE) {
      parse(width);
    } else {
      readOn(first, width);
    }
    return true;
  }

  private void readOn(Line first, int width) throws IOException {
    record.clear();
    StringBuilder text = new StringBuilder(first.text());
    String end = first.end();
    State state = State.OPEN;
    while (state == State.OPEN && record.size() < MOST_LINES && text.length() < MOST_CHARACTERS) {
      Line next = lines.next();
      if (next == null) {
        break;
      }
      record.add(next);
      text.append(end).append(next.text());
      end = next.end();
      state = dialect.after(State.OPEN, next.text());
    }
    if (state == State.OPEN) {
      fault = "a quote is opened and never closed";
    } else {
      raw = text.toString();
      parse(width);
    }
    if (fault != null) {
      raw = first.text();
      lines.giveBack(record);
    }
  }

  private void parse(int width) {
    try {
      parser.ofSingleCsvRecord(fields, raw);
    } catch (CsvParseException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      fault = "broken quoting: " + String.valueOf(reason.getMessage());
      return;
    }
    if (width >= 0 && fields.count() != width) {
      fault = "%d fields instead of %d".formatted(fields.count(), width);
    }
  }

  @Nullable String fault() {
    return fault;
  }

  int count() {
    return fields.count();
  }

  @Nullable Object[] cells() {
    return fields.cells();
  }

  long line() {
    return line;
  }

  String raw() {
    return raw;
  }
}
