package dev.kith.cli.render;

import dev.kith.cli.render.Terminal.Style;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Rows under headings, in columns that fit a terminal; numbers are aligned to the right. */
public final class TextTable {

  private static final String GAP = "  ";
  private static final int NARROWEST = 6;

  private final List<String> headings;
  private final List<Boolean> numbers;
  private final List<List<String>> rows = new ArrayList<>();
  private final Set<Integer> whole = new HashSet<>();
  private String indent = "";

  /**
   * @param numbers for each column, whether its values are numbers
   */
  public TextTable(List<String> headings, List<Boolean> numbers) {
    this.headings = List.copyOf(headings);
    this.numbers = List.copyOf(numbers);
  }

  public TextTable indentedBy(String spaces) {
    indent = spaces;
    return this;
  }

  /** Never narrows a column. */
  TextTable keeping(String heading) {
    whole.add(headings.indexOf(heading));
    return this;
  }

  public void add(List<String> row) {
    rows.add(List.copyOf(row));
  }

  public int size() {
    return rows.size();
  }

  /**
   * One line per row, without trailing spaces; columns that find no room are left out and named.
   */
  public void print(Terminal terminal) {
    int[] widths = widths();
    int shown = fit(widths, terminal.width() - indent.length());
    terminal
        .out()
        .println(terminal.style(Style.HEADING, line(headings, widths, shown, text -> text)));
    terminal.out().println(terminal.style(Style.QUIET, rule(widths, shown)));
    UnaryOperator<String> faint = text -> terminal.style(Style.QUIET, text);
    for (List<String> row : rows) {
      terminal.out().println(line(row, widths, shown, faint));
    }
    if (shown < headings.size()) {
      String rest = String.join(", ", headings.subList(shown, headings.size()));
      String note = indent + "not shown: " + rest;
      terminal.out().println(terminal.style(Style.QUIET, Text.cut(note, 2 * terminal.width())));
    }
  }

  private int[] widths() {
    int[] widths = headings.stream().mapToInt(Text::width).toArray();
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], Text.width(row.get(column)));
      }
    }
    return widths;
  }

  /** Narrows the widest texts until the line fits; returns how many columns can be shown. */
  private int fit(int[] widths, int available) {
    while (total(widths, widths.length) > available) {
      int widest = -1;
      for (int column = 0; column < widths.length; column++) {
        int floor = Math.max(NARROWEST, Math.min(16, Text.width(headings.get(column))));
        boolean canShrink =
            !numbers.get(column) && !whole.contains(column) && widths[column] > floor;
        if (canShrink && (widest < 0 || widths[column] > widths[widest])) {
          widest = column;
        }
      }
      if (widest < 0) {
        break;
      }
      widths[widest]--;
    }
    int shown = widths.length;
    while (shown > 1 && total(widths, shown) > available) {
      shown--;
    }
    return shown;
  }

  private static int total(int[] widths, int columns) {
    int total = 0;
    for (int column = 0; column < columns; column++) {
      total += widths[column] + (column == 0 ? 0 : GAP.length());
    }
    return total;
  }

  private String rule(int[] widths, int shown) {
    List<String> parts = new ArrayList<>();
    for (int column = 0; column < shown; column++) {
      parts.add("─".repeat(widths[column]));
    }
    return indent + String.join(GAP, parts);
  }

  private String line(
      List<String> cells, int[] widths, int shown, UnaryOperator<String> nothingStyle) {
    List<String> parts = new ArrayList<>(Collections.nCopies(shown, ""));
    for (int column = 0; column < shown; column++) {
      String text = Text.cut(cells.get(column), widths[column]);
      boolean last = column == shown - 1;
      String padded =
          numbers.get(column)
              ? Text.padLeft(text, widths[column])
              : last ? text : Text.padRight(text, widths[column]);
      parts.set(column, text.equals(Values.NOTHING) ? nothingStyle.apply(padded) : padded);
    }
    return (indent + String.join(GAP, parts)).stripTrailing();
  }
}
