package dev.kith.project;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 4GB} is 4 x 1000³ bytes, {@code 4GiB} is 4 x 1024³. */
final class ByteSize {

  static final String PATTERN = "[0-9]{1,9}(\\.[0-9]{1,3})? ?([KkMmGgTt][Ii]?)?[Bb]";

  private static final Pattern SYNTAX =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?) ?((?:[KMGT]I?)?B)");

  private static final Map<String, Long> UNITS =
      Map.of(
          "B", 1L,
          "KB", 1_000L,
          "MB", 1_000_000L,
          "GB", 1_000_000_000L,
          "TB", 1_000_000_000_000L,
          "KIB", 1L << 10,
          "MIB", 1L << 20,
          "GIB", 1L << 30,
          "TIB", 1L << 40);

  private ByteSize() {}

  static Optional<Long> parse(String text) {
    Matcher matcher = SYNTAX.matcher(text.toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long unit = UNITS.getOrDefault(matcher.group(2), 0L);
    BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
    boolean fits = bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
    return fits && bytes.signum() > 0 ? Optional.of(bytes.longValue()) : Optional.empty();
  }
}
