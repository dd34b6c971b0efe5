package dev.kith.cli.render;

import dev.kith.cli.render.Terminal.Style;
import dev.kith.model.type.Column;
import dev.kith.run.testing.RowDifference;
import dev.kith.run.testing.RowDifference.Differing;
import dev.kith.run.testing.RowDifference.Missing;
import dev.kith.run.testing.RowDifference.Unexpected;
import dev.kith.run.testing.TableDifference;
import dev.kith.run.testing.TypedRow;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that are other than expected: missing ones (−), unexpected ones (+), and
 * those with other values (≠), each of which is shown as {@code expected → actual}. Differing
 * values that are long stand below their row, one above the other.
 */
final class DifferenceTable {

  private static final String GAP = "  ";
  private static final int MOST_ROWS = 20;
  private static final int WIDEST = 32;

  /** As it is written in a test. */
  private static final String NULL = "null";

  private final Terminal terminal;
  private final Values values;

  DifferenceTable(Terminal terminal, ZoneId zone) {
    this.terminal = terminal;
    this.values = new Values(zone);
  }

  /** A cell as it is measured, and as it is printed. */
  private record Cell(String text, Style style, boolean styled) {
    static Cell plain(String text) {
      return new Cell(text, Style.QUIET, false);
    }
  }

  private record Line(String mark, Style style, List<Cell> cells, List<String> below) {}

  void print(TableDifference difference, String indent) {
    String place = terminal.style(Style.QUIET, "  " + difference.span());
    terminal
        .out()
        .println(
            indent
                + terminal.style(Style.HEADING, difference.table().toString())
                + ": "
                + summary(difference)
                + place);
    List<RowDifference> rows = difference.rows();
    if (!rows.isEmpty()) {
      table(difference.columns(), rows.subList(0, Math.min(MOST_ROWS, rows.size())), indent);
    }
    if (rows.size() > MOST_ROWS) {
      terminal.out().println(indent + "and " + Text.count(rows.size() - MOST_ROWS) + " more");
    }
    terminal.out().println();
  }

  private static String summary(TableDifference difference) {
    List<String> parts = new ArrayList<>();
    add(parts, difference, Missing.class, " missing (−)");
    add(parts, difference, Unexpected.class, " unexpected (+)");
    add(parts, difference, Differing.class, " with other values (≠)");
    difference
        .expectedCount()
        .ifPresent(
            count ->
                parts.add(Text.count(difference.actualCount(), "row") + " instead of " + count));
    return String.join(", ", parts);
  }

  private static void add(
      List<String> parts,
      TableDifference difference,
      Class<? extends RowDifference> kind,
      String what) {
    long count = difference.rows().stream().filter(kind::isInstance).count();
    if (count > 0) {
      parts.add(Text.count(count, "row") + what);
    }
  }

  /** The rows alone, with as many of the columns as find room. */
  void table(List<Column> columns, List<RowDifference> rows, String indent) {
    List<Line> lines = rows.stream().map(row -> line(row, columns)).toList();
    int[] widths = columns.stream().mapToInt(column -> Text.width(column.name())).toArray();
    for (Line line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] =
            Math.max(widths[i], Math.min(2 * WIDEST, Text.width(line.cells().get(i).text())));
      }
    }
    int shown = fit(widths, terminal.width() - indent.length() - 2);
    List<Cell> names =
        columns.stream().map(column -> new Cell(column.name(), Style.HEADING, true)).toList();
    String blank = indent + GAP;
    terminal.out().println((blank + cells(names, columns, widths, shown)).stripTrailing());
    List<Cell> rule = new ArrayList<>();
    for (int width : widths) {
      rule.add(new Cell("─".repeat(width), Style.QUIET, true));
    }
    terminal.out().println(blank + cells(rule, columns, widths, shown));
    for (Line line : lines) {
      String mark = indent + terminal.style(line.style(), line.mark()) + " ";
      terminal.out().println((mark + cells(line.cells(), columns, widths, shown)).stripTrailing());
      line.below().forEach(text -> terminal.out().println(blank + text));
    }
    if (shown < columns.size()) {
      String rest =
          String.join(
              ", ", columns.subList(shown, columns.size()).stream().map(Column::name).toList());
      terminal
          .out()
          .println(
              terminal.style(
                  Style.QUIET, Text.cut(blank + "not shown: " + rest, terminal.width())));
    }
  }

  private Line line(RowDifference row, List<Column> columns) {
    if (row instanceof Missing missing) {
      return new Line("−", Style.BAD, cells(missing.expected(), columns, Style.BAD), List.of());
    }
    if (row instanceof Unexpected unexpected) {
      return new Line("+", Style.GOOD, cells(unexpected.actual(), columns, Style.GOOD), List.of());
    }
    Differing differing = (Differing) row;
    List<Cell> cells = new ArrayList<>();
    List<String> below = new ArrayList<>();
    for (Column column : columns) {
      String name = column.name();
      String actual = text(differing.actual().value(name));
      if (!differing.columns().contains(name)) {
        cells.add(Cell.plain(Text.cut(actual, WIDEST)));
        continue;
      }
      String expected = text(differing.expected().value(name));
      if (expected.equals(actual)) { // further digits differ
        expected = exact(differing.expected().value(name));
        actual = exact(differing.actual().value(name));
      }
      if (Text.width(expected) <= WIDEST && Text.width(actual) <= WIDEST) {
        cells.add(new Cell(expected + " → " + actual, Style.WARNING, true));
      } else {
        cells.add(new Cell("≠ below", Style.WARNING, true));
        int room = Math.max(20, 2 * terminal.width());
        below.add(terminal.style(Style.HEADING, name));
        below.add("  " + terminal.style(Style.BAD, "− " + Text.cut(expected, room)));
        below.add("  " + terminal.style(Style.GOOD, "+ " + Text.cut(actual, room)));
      }
    }
    return new Line("≠", Style.WARNING, cells, below);
  }

  private List<Cell> cells(TypedRow row, List<Column> columns, Style style) {
    return columns.stream()
        .map(
            column ->
                row.names(column.name())
                    ? new Cell(Text.cut(text(row.value(column.name())), 2 * WIDEST), style, true)
                    : Cell.plain(""))
        .toList();
  }

  private String text(@Nullable Object value) {
    return value == null ? NULL : values.readable(value);
  }

  private static String exact(@Nullable Object value) {
    return value == null ? NULL : Values.exact(value);
  }

  /** How many columns find room. */
  private static int fit(int[] widths, int available) {
    int used = 0;
    int shown = 0;
    while (shown < widths.length) {
      used += widths[shown] + (shown == 0 ? 0 : GAP.length());
      if (shown > 0 && used > available) {
        break;
      }
      shown++;
    }
    return shown;
  }

  private String cells(List<Cell> cells, List<Column> columns, int[] widths, int shown) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < shown; i++) {
      Cell cell = cells.get(i);
      String text = Text.cut(cell.text(), widths[i]);
      String styled = cell.styled() ? terminal.style(cell.style(), text) : text;
      String space = " ".repeat(Math.max(0, widths[i] - Text.width(text)));
      boolean right = columns.get(i).type().isNumber();
      parts.add(right ? space + styled : i == shown - 1 ? styled : styled + space);
    }
    return String.join(GAP, parts);
  }
}
