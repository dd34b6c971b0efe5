package dev.kith.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jline.utils.WCWidth;

/** Text on a grid of terminal cells: Korean takes two a letter, combining marks none. */
final class Text {

  private Text() {}

  static int width(String text) {
    return text.codePoints().map(point -> Math.max(0, WCWidth.wcwidth(point))).sum();
  }

  static String padRight(String text, int width) {
    return text + " ".repeat(Math.max(0, width - width(text)));
  }

  static String padLeft(String text, int width) {
    return " ".repeat(Math.max(0, width - width(text))) + text;
  }

  /** At most {@code width} cells; what is cut ends with an ellipsis. */
  static String cut(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    int used = 0;
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      used += Math.max(0, WCWidth.wcwidth(point));
      if (used > width - 1) {
        break;
      }
      kept.appendCodePoint(point);
      at += Character.charCount(point);
    }
    return kept.append('…').toString();
  }

  /** In as many lines as it takes; all but the first are indented by two. */
  static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (current.length() > 0 && width(current.toString()) + 1 + width(word) > width) {
        lines.add(current.toString());
        current.setLength(0);
        current.append("  ");
      } else if (current.length() > 0) {
        current.append(' ');
      }
      current.append(word);
    }
    lines.add(current.toString());
    return lines;
  }

  /** 541,909. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** "1 row", "2 rows". */
  static String count(long number, String noun) {
    return count(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /** 950, 1.2 k, 38 M: as precise as an estimate is. */
  static String about(long number) {
    double value = number;
    String[] units = {"", " k", " M", " G", " T"};
    int unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    String digits = unit > 0 && value < 9.95 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, digits, value) + units[unit];
  }

  /** 8.4 MB, in powers of 1,000. */
  static String bytes(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    double value = bytes;
    String[] units = {"kB", "MB", "GB", "TB"};
    int unit = -1;
    do {
      value /= 1000;
      unit++;
    } while (value >= 999.95 && unit < units.length - 1);
    return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }

  /** 0.4s, 12.3s, 2m05s. */
  static String duration(java.time.Duration duration) {
    double seconds = duration.toMillis() / 1000.0;
    return seconds < 100
        ? String.format(Locale.ROOT, "%.1fs", seconds)
        : String.format(Locale.ROOT, "%dm%02ds", duration.toMinutes(), duration.toSecondsPart());
  }
}
