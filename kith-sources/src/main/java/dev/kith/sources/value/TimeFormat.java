package dev.kith.sources.value;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A format of dates and times with the directives of strptime: {@code %d/%m/%Y %H:%M}. Known are
 * {@code %Y %y %m %-m %d %-d %e %j %b %B %a %A %H %-H %I %-I %p %M %-M %S %-S %f %z %T %F %R %%};
 * names are English. A space matches any number of spaces.
 */
public final class TimeFormat {

  private static final List<String> MONTHS =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");
  private static final List<String> DAYS =
      List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
  private static final String DIRECTIVES = "YymdejbBaAHIpMSfzTFR%";

  private final String format;

  private TimeFormat(String format) {
    this.format = format;
  }

  /**
   * Reads a format.
   *
   * @throws IllegalArgumentException naming a directive that is not known
   */
  public static TimeFormat of(String format) {
    String plain = expand(format);
    for (int i = 0; i < plain.length(); i++) {
      if (plain.charAt(i) == '%') {
        i++;
        if (i >= plain.length() || DIRECTIVES.indexOf(plain.charAt(i)) < 0) {
          throw new IllegalArgumentException(
              "'" + format + "' has an unknown directive at position " + i);
        }
      }
    }
    return new TimeFormat(plain);
  }

  private static String expand(String format) {
    return format
        .replace("%-", "%")
        .replace("%T", "%H:%M:%S")
        .replace("%F", "%Y-%m-%d")
        .replace("%R", "%H:%M");
  }

  /** Whether values in this format have a time of day. */
  boolean hasTime() {
    return format.contains("%H") || format.contains("%I");
  }

  TextTimes.@Nullable Parsed parse(String text) {
    try {
      return new Cursor(text.strip()).read(format);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** One reading of a text. */
  private final class Cursor {
    private final String text;
    private int at;
    private int year = 1900;
    private int month = 1;
    private int day = 1;
    private int dayOfYear;
    private int hour;
    private int minute;
    private int second;
    private int nanos;
    private boolean twelveHours;
    private boolean afternoon;
    private boolean cut;
    private @Nullable ZoneOffset offset;

    Cursor(String text) {
      this.text = text;
    }

    TextTimes.@Nullable Parsed read(String directives) {
      for (int i = 0; i < directives.length(); i++) {
        char c = directives.charAt(i);
        boolean matches = c == '%' ? directive(directives.charAt(++i)) : literal(c);
        if (!matches) {
          return null;
        }
      }
      if (at != text.length() || (twelveHours && (hour < 1 || hour > 12))) {
        return null;
      }
      int hourOfDay = twelveHours ? hour % 12 + (afternoon ? 12 : 0) : hour;
      LocalDate date =
          dayOfYear > 0 ? LocalDate.ofYearDay(year, dayOfYear) : LocalDate.of(year, month, day);
      LocalTime time = hasTime() ? LocalTime.of(hourOfDay, minute, second, nanos) : null;
      return new TextTimes.Parsed(date, time, offset, cut);
    }

    private boolean literal(char c) {
      if (c == ' ') {
        skipSpaces();
        return true;
      }
      return at < text.length() && text.charAt(at++) == c;
    }

    private boolean directive(char directive) {
      return switch (directive) {
        case 'Y' -> (year = number(4)) >= 0;
        case 'y' -> {
          int two = number(2);
          year = two < 69 ? 2000 + two : 1900 + two; // as POSIX has it
          yield two >= 0;
        }
        case 'm' -> (month = number(2)) >= 0;
        case 'd', 'e' -> (day = number(2)) >= 0;
        case 'j' -> (dayOfYear = number(3)) > 0;
        case 'b', 'B' -> (month = 1 + name(MONTHS)) > 0;
        case 'a', 'A' -> name(DAYS) >= 0;
        case 'H' -> (hour = number(2)) >= 0;
        case 'I' -> {
          twelveHours = true;
          yield (hour = number(2)) >= 0;
        }
        case 'p' -> halfOfDay();
        case 'M' -> (minute = number(2)) >= 0;
        case 'S' -> (second = number(2)) >= 0;
        case 'f' -> fraction();
        case 'z' -> zone();
        default -> literal('%');
      };
    }

    private int number(int most) {
      if (at < text.length() && text.charAt(at) == ' ') {
        at++; // padded with a space
      }
      int start = at;
      int value = 0;
      while (at < text.length() && at - start < most && isDigit(text.charAt(at))) {
        value = value * 10 + (text.charAt(at++) - '0');
      }
      return at == start ? -1 : value;
    }

    private int name(List<String> names) {
      String rest = text.substring(at).toLowerCase(Locale.ROOT);
      for (int i = 0; i < names.size(); i++) {
        String whole = names.get(i);
        String found =
            rest.startsWith(whole)
                ? whole
                : rest.startsWith(whole.substring(0, 3)) ? whole.substring(0, 3) : "";
        if (!found.isEmpty()) {
          at += found.length();
          return i;
        }
      }
      return -1;
    }

    private boolean halfOfDay() {
      String half = text.substring(at, Math.min(at + 2, text.length())).toUpperCase(Locale.ROOT);
      afternoon = half.equals("PM");
      at += 2;
      return afternoon || half.equals("AM");
    }

    private boolean fraction() {
      int start = at;
      while (at < text.length() && isDigit(text.charAt(at))) {
        int digit = text.charAt(at) - '0';
        if (at - start < 6) {
          nanos = nanos * 10 + digit;
        } else if (digit != 0) {
          cut = true;
        }
        at++;
      }
      for (int i = at - start; i < 6; i++) {
        nanos *= 10;
      }
      nanos *= 1000;
      return at > start;
    }

    private boolean zone() {
      if (at < text.length() && (text.charAt(at) == 'Z' || text.charAt(at) == 'z')) {
        at++;
        offset = ZoneOffset.UTC;
        return true;
      }
      if (at >= text.length() || (text.charAt(at) != '+' && text.charAt(at) != '-')) {
        return false;
      }
      int sign = text.charAt(at++) == '-' ? -1 : 1;
      int hours = number(2);
      if (at < text.length() && text.charAt(at) == ':') {
        at++;
      }
      int minutes = at < text.length() && isDigit(text.charAt(at)) ? number(2) : 0;
      offset = hours < 0 ? null : ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
      return offset != null;
    }

    private void skipSpaces() {
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }
  }
}
