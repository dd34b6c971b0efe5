package dev.kith.run.testing;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records of CSV in which an empty field is NULL and {@code ""} is empty text. */
final class CsvText {

  private CsvText() {}

  /**
   * A record.
   *
   * @param line in which it begins, 1-based
   */
  record Line(long line, List<@Nullable String> fields) {}

  /**
   * All records; lines without any text are none.
   *
   * @throws CsvParseException if the text is not well-formed
   */
  static List<Line> read(String text) {
    return CsvReader.builder()
        .skipEmptyLines(true)
        .allowUnclosedQuote(false)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE) // the reader tells where they are
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .build(new Handler(), text)
        .stream()
        .toList();
  }

  private static final class Handler extends AbstractBaseCsvCallbackHandler<Line> {

    private long line;
    private List<@Nullable String> fields = new ArrayList<>();

    @Override
    protected void handleBegin(long startingLineNumber) {
      line = startingLineNumber;
      fields = new ArrayList<>();
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
      fields.add(length == 0 && !quoted ? null : new String(buffer, offset, length));
    }

    @Override
    protected Line buildRecord() {
      return new Line(line, fields);
    }
  }
}
