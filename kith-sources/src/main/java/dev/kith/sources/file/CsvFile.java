package dev.kith.sources.file;

import dev.kith.model.type.DataType.Primitive;
import dev.kith.sources.value.ColumnSample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The records of a CSV or TSV file. */
final class CsvFile implements RecordReader {

  private static final int LINES_FOR_DETECTION = 20;

  private final TextFile file;
  private final CsvRecords records;
  private final List<String> names = new ArrayList<>();
  private boolean firstIsData;

  CsvFile(TextFile file, TextOptions options) {
    this.file = file;
    try {
      List<Line> first = peek(file.lines());
      String delimiter =
          options.delimiter().orElseGet(() -> CsvDialect.detectDelimiter(first, options.quote()));
      first.forEach(file::checkText);
      records =
          new CsvRecords(
              file.lines(), new CsvDialect(delimiter, options.quote()), options.nullTexts());
      readHeader(options);
    } catch (IOException e) {
      throw file.fault(e);
    }
  }

  private static List<Line> peek(LineReader lines) throws IOException {
    List<Line> first = new ArrayList<>();
    while (first.size() < LINES_FOR_DETECTION) {
      Line line = lines.next();
      if (line == null) {
        break;
      }
      first.add(line);
    }
    lines.giveBack(first);
    return first;
  }

  private void readHeader(TextOptions options) throws IOException {
    if (!records.next(-1)) {
      return;
    }
    String fault = records.fault();
    if (fault != null) {
      throw FileFaults.unreadable(
          file.name() + ":" + records.line(), "the first line has " + fault);
    }
    int width = records.count();
    boolean header = options.header().orElseGet(() -> looksLikeHeader(options));
    firstIsData = !header;
    for (int i = 0; i < width; i++) {
      Object cell = header ? records.cells()[i] : null;
      String name = cell == null ? "" : cell.toString().strip();
      if (name.isEmpty()) {
        boolean declared = !header && i < options.declared().size();
        name = declared ? options.declared().get(i) : "column" + i;
      }
      names.add(name);
    }
    checkUnique();
  }

  private void checkUnique() {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name.toLowerCase(Locale.ROOT))) {
        throw FileFaults.unreadable(
                file.name() + ":" + records.line(), "the header names '" + name + "' twice")
            .withHelp("Names are compared without regard to case");
      }
    }
  }

  /** A header has a known name in it, or nothing that is a number, a truth value or a time. */
  private boolean looksLikeHeader(TextOptions options) {
    Set<String> known = new HashSet<>();
    options.known().forEach(name -> known.add(name.toLowerCase(Locale.ROOT)));
    options.declared().forEach(name -> known.add(name.toLowerCase(Locale.ROOT)));
    boolean values = false;
    boolean texts = false;
    for (int i = 0; i < records.count(); i++) {
      Object cell = records.cells()[i];
      if (cell != null) {
        if (known.contains(cell.toString().strip().toLowerCase(Locale.ROOT))) {
          return true;
        }
        ColumnSample sample = ColumnSample.ofOne(cell);
        boolean text = sample.type().filter(type -> type == Primitive.TEXT).isPresent();
        texts |= text;
        values |= !text;
      }
    }
    return texts && !values;
  }

  @Override
  public boolean next() {
    if (firstIsData) {
      firstIsData = false;
      return true;
    }
    try {
      return !names.isEmpty() && records.next(names.size());
    } catch (IOException e) {
      throw file.fault(e);
    }
  }

  @Override
  public @Nullable String fault() {
    return records.fault();
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public @Nullable Object[] cells() {
    return records.cells();
  }

  @Override
  public long line() {
    return records.line();
  }

  @Override
  public String raw() {
    return records.raw();
  }

  @Override
  public boolean untyped() {
    return true;
  }

  @Override
  public void close() {
    file.close();
  }
}
