package dev.kith.examples.retail;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Writes one gzipped file of JSON lines for each month of arrival (UTC). */
final class ClickFiles {

  private static final int BUFFER_BYTES = 1 << 16;

  private ClickFiles() {}

  /** Writes the deliveries, which must be in the order of arrival, and returns how many files. */
  static int write(List<Delivery> deliveries, Path folder) throws IOException {
    Files.createDirectories(folder);
    int files = 0;
    int from = 0;
    while (from < deliveries.size()) {
      YearMonth month = monthOf(deliveries.get(from));
      long end = month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond() * 1000;
      int to = from;
      while (to < deliveries.size() && deliveries.get(to).arrivedAt() < end) {
        to++;
      }
      writeMonth(deliveries.subList(from, to), folder.resolve(month + ".json.gz"));
      files++;
      from = to;
    }
    return files;
  }

  private static void writeMonth(List<Delivery> deliveries, Path file) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
      StringBuilder block = new StringBuilder(2 * BUFFER_BYTES);
      for (Delivery delivery : deliveries) {
        block.append(delivery.line()).append('\n');
        if (block.length() > BUFFER_BYTES) {
          flush(block, out);
        }
      }
      flush(block, out);
    }
  }

  private static void flush(StringBuilder block, OutputStream out) throws IOException {
    out.write(block.toString().getBytes(StandardCharsets.UTF_8));
    block.setLength(0);
  }

  private static YearMonth monthOf(Delivery delivery) {
    return YearMonth.from(Instant.ofEpochMilli(delivery.arrivedAt()).atOffset(ZoneOffset.UTC));
  }
}
