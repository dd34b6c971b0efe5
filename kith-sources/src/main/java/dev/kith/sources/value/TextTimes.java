package dev.kith.sources.value;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times in ISO 8601 as data has them: {@code 2024-03-31}, {@code 2024-03-31T10:15},
 * {@code 2024-03-31 10:15:30.123456+02:00}, {@code ... Z}. Written by hand because it is met for
 * every row: no regular expressions, and no exception for a text that is something else.
 */
final class TextTimes {

  /** A date with a time of day and an offset, as far as the text has them. */
  record Parsed(
      LocalDate date, @Nullable LocalTime time, @Nullable ZoneOffset offset, boolean cut) {

    LocalDateTime local() {
      return time == null ? date.atStartOfDay() : date.atTime(time);
    }
  }

  /** A time of day, and whether digits beyond microseconds were cut. */
  record TimeOfDay(LocalTime time, boolean cut) {}

  private final String text;
  private int at;
  private int digits;
  private boolean cut;

  private TextTimes(String text) {
    this.text = text;
  }

  static @Nullable Parsed parse(String text) {
    if (text.length() < 8 || !isDigit(text.charAt(0))) {
      return null;
    }
    try {
      return new TextTimes(text).dateTime();
    } catch (DateTimeException e) {
      return null; // the thirtieth of February
    }
  }

  static @Nullable TimeOfDay parseTime(String text) {
    try {
      TextTimes reader = new TextTimes(text);
      LocalTime time = reader.time();
      return time == null || reader.at != text.length() ? null : new TimeOfDay(time, reader.cut);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private @Nullable Parsed dateTime() {
    int year = number(4, 4);
    if (year < 0 || !take('-')) {
      return null;
    }
    int month = number(1, 2);
    if (month < 0 || !take('-')) {
      return null;
    }
    int day = number(1, 2);
    if (day < 0) {
      return null;
    }
    LocalDate date = LocalDate.of(year, month, day);
    if (at == text.length()) {
      return new Parsed(date, null, null, false);
    }
    if (!take('T') && !take(' ') && !take('t')) {
      return null;
    }
    LocalTime time = time();
    if (time == null) {
      return null;
    }
    if (at == text.length()) {
      return new Parsed(date, time, null, cut);
    }
    ZoneOffset offset = offset();
    return offset == null || at != text.length() ? null : new Parsed(date, time, offset, cut);
  }

  private @Nullable LocalTime time() {
    int hour = number(1, 2);
    if (hour < 0 || !take(':')) {
      return null;
    }
    int minute = number(2, 2);
    if (minute < 0) {
      return null;
    }
    if (!take(':')) {
      return LocalTime.of(hour, minute);
    }
    int second = number(2, 2);
    if (second < 0) {
      return null;
    }
    int nanos = 0;
    if (take('.') || take(',')) {
      nanos = fraction();
      if (nanos < 0) {
        return null;
      }
    }
    return LocalTime.of(hour, minute, second, nanos);
  }

  private int fraction() {
    int nanos = 0;
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
    return at == start ? -1 : nanos * 1000;
  }

  private @Nullable ZoneOffset offset() {
    take(' ');
    if (take('Z') || take('z')) {
      return ZoneOffset.UTC;
    }
    if (text.startsWith("UTC", at) || text.startsWith("GMT", at)) {
      at += 3;
      return ZoneOffset.UTC;
    }
    int sign = take('+') ? 1 : take('-') ? -1 : 0;
    int hours = sign == 0 ? -1 : number(2, 2);
    if (hours < 0) {
      return null;
    }
    int minutes = 0;
    if (at < text.length()) {
      take(':');
      minutes = number(2, 2);
    }
    return minutes < 0 ? null : ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
  }

  private int number(int least, int most) {
    int value = 0;
    digits = 0;
    while (digits < most && at < text.length() && isDigit(text.charAt(at))) {
      value = value * 10 + (text.charAt(at++) - '0');
      digits++;
    }
    return digits < least ? -1 : value;
  }

  private boolean take(char expected) {
    boolean there = at < text.length() && text.charAt(at) == expected;
    if (there) {
      at++;
    }
    return there;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
