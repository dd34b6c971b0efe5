package dev.kith.run.change;

import java.util.ArrayList;
import java.util.List;

/** What lines of a text went and came: those that are not in the longest common subsequence. */
final class LineDifference {

  private LineDifference() {}

  /** Lines that begin with {@code −} or {@code +}, in order; space around lines does not count. */
  static List<String> between(String before, String after) {
    List<String> old = lines(before);
    List<String> now = lines(after);
    int[][] common = new int[old.size() + 1][now.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = now.size() - 1; j >= 0; j--) {
        common[i][j] =
            old.get(i).equals(now.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    List<String> different = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < old.size() || j < now.size()) {
      if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
        i++;
        j++;
      } else if (j == now.size() || (i < old.size() && common[i + 1][j] >= common[i][j + 1])) {
        different.add("− " + old.get(i++));
      } else {
        different.add("+ " + now.get(j++));
      }
    }
    return different;
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }
}
