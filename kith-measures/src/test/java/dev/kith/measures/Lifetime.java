package dev.kith.measures;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows, each with the releases in which it is there. A row that goes and comes again is there as
 * two.
 *
 * @param born the number of the first release with the row
 * @param gone that of the first one without it again
 */
record Lifetime<T>(T row, int born, int gone) {

  /** The rows of releases that follow one another. */
  static <T> List<Lifetime<T>> of(List<List<T>> releases) {
    List<Lifetime<T>> lives = new ArrayList<>();
    List<T> before = List.of();
    for (int number = 0; number < releases.size(); number++) {
      List<T> now = releases.get(number);
      for (T row : less(before, now)) {
        end(lives, row, number);
      }
      for (T row : less(now, before)) {
        lives.add(new Lifetime<>(row, number, Integer.MAX_VALUE));
      }
      before = now;
    }
    return lives;
  }

  private static <T> void end(List<Lifetime<T>> lives, T row, int number) {
    for (int i = 0; i < lives.size(); i++) {
      Lifetime<T> life = lives.get(i);
      if (life.gone() == Integer.MAX_VALUE && life.row().equals(row)) {
        lives.set(i, new Lifetime<>(row, life.born(), number));
        return;
      }
    }
  }

  /** A row of a log: the values of the row, as {@code (value, ...)}, and when it is there. */
  String values(String row) {
    return row.substring(0, row.length() - 1) + ", " + born + ", " + gone + ")";
  }

  /** What the first list holds more often than the second. */
  static <T> List<T> less(List<T> one, List<T> other) {
    List<T> rest = new ArrayList<>(one);
    other.forEach(rest::remove);
    return rest;
  }
}
