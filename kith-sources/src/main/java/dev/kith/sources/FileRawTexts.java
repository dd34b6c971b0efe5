package dev.kith.sources;

import dev.kith.sources.file.FileTask;
import dev.kith.sources.file.OpenFile;
import dev.kith.sources.file.RecordReader;
import dev.kith.sources.file.TextOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads files with diverted rows once more for their text: cheaper than keeping that of all. */
final class FileRawTexts extends RawTexts {

  private final List<FileTask> files;
  private final TextOptions options;

  FileRawTexts(List<FileTask> files, TextOptions options) {
    this.files = files;
    this.options = options;
  }

  @Override
  List<@Nullable String> of(List<Found> rows) {
    List<@Nullable String> texts = new ArrayList<>();
    for (int i = 0; i < rows.size(); ) {
      Object file = rows.get(i).file();
      int end = i;
      while (end < rows.size() && rows.get(end).file().equals(file)) {
        end++;
      }
      read(files.get(Integer.parseInt(file.toString())), rows.subList(i, end), texts);
      i = end;
    }
    return texts;
  }

  private void read(FileTask file, List<Found> rows, List<@Nullable String> texts) {
    try (OpenFile open = OpenFile.open(file.path(), file.name(), file.format(), options)) {
      RecordReader records = open.records();
      for (Found row : rows) {
        String text = null;
        while (text == null && records.next()) {
          text = records.line() == row.line() ? records.raw() : null;
        }
        texts.add(text);
      }
    }
  }
}
