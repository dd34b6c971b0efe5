package dev.kith.sources.file;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of one CSV record; reused for the next. */
final class CsvFields extends AbstractBaseCsvCallbackHandler<CsvFields> {

  private final Set<String> nullTexts;
  private final boolean emptyIsNull;
  private @Nullable Object[] cells = new @Nullable Object[16];
  private int count;

  CsvFields(Set<String> nullTexts) {
    this.nullTexts = nullTexts;
    this.emptyIsNull = nullTexts.contains("");
  }

  @Override
  protected void handleBegin(long startingLineNumber) {
    count = 0;
  }

  @Override
  protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
    if (index == cells.length) {
      cells = Arrays.copyOf(cells, 2 * cells.length);
    }
    count = index + 1;
    cells[index] = length == 0 ? (emptyIsNull ? null : "") : text(buffer, offset, length);
  }

  private @Nullable String text(char[] buffer, int offset, int length) {
    String text = new String(buffer, offset, length);
    return nullTexts.contains(text) ? null : text;
  }

  @Override
  protected CsvFields buildRecord() {
    return this;
  }

  int count() {
    return getRecordType() == RecordType.EMPTY ? 0 : count;
  }

  @Nullable Object[] cells() {
    return cells;
  }
}
