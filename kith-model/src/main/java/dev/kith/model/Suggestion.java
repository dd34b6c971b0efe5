package dev.kith.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant by a name that does not exist. */
public final class Suggestion {

  private Suggestion() {}

  /**
   * The name nearest to the wrong one without regard to case, if it is near enough: within one
   * mistake for every three characters, and at least one. Of equally near ones the first in
   * alphabetical order.
   */
  public static Optional<String> nearest(String wrong, Collection<String> names) {
    String lower = wrong.toLowerCase(Locale.ROOT);
    int most = Math.max(1, lower.codePointCount(0, lower.length()) / 3);
    return names.stream()
        .filter(name -> distance(lower, name.toLowerCase(Locale.ROOT)) <= most)
        .min(
            Comparator.<String>comparingInt(name -> distance(lower, name.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** {@code did you mean 'NAME'?}, as the help of a diagnostic. */
  public static Optional<String> didYouMean(String wrong, Collection<String> names) {
    return nearest(wrong, names).map(name -> "did you mean '" + name + "'?");
  }

  /**
   * Insertions, deletions, substitutions and swaps of neighbours that turn one text into the other;
   * nothing is edited twice (the "optimal string alignment" form of Damerau's distance).
   */
  static int distance(String a, String b) {
    int[] from = a.codePoints().toArray();
    int[] to = b.codePoints().toArray();
    int[][] d = new int[from.length + 1][to.length + 1];
    for (int i = 0; i <= from.length; i++) {
      for (int j = 0; j <= to.length; j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int substituted = d[i - 1][j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
        d[i][j] = Math.min(substituted, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[from.length][to.length];
  }
}
