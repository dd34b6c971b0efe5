package dev.kith.cli.render;

import dev.kith.cli.render.Terminal.Style;
import dev.kith.lake.Release;
import dev.kith.model.type.Column;
import dev.kith.run.difference.ComparedRows;
import dev.kith.run.difference.ComparedTable;
import dev.kith.run.difference.ReleaseDifference;
import dev.kith.run.difference.RowSample;
import dev.kith.run.testing.RowDifference;
import dev.kith.run.testing.TypedRow;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How two releases differ, for people: table by table, what differs most first. */
public final class DiffView {

  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
  private static final String INDENT = "    ";
  private static final int MOST_COLUMNS = 12;
  private static final int BAR = 20;

  private final Terminal terminal;
  private final ZoneId zone;

  public DiffView(Terminal terminal, ZoneId zone) {
    this.terminal = terminal;
    this.zone = zone;
  }

  public void print(ReleaseDifference difference) {
    line(
        terminal.style(Style.HEADING, name(difference.before()) + " → " + name(difference.after()))
            + terminal.style(
                Style.QUIET,
                "  "
                    + time(difference.before().createdAt())
                    + " → "
                    + time(difference.after().createdAt())));
    difference.tables().stream().filter(table -> !table.isSame()).forEach(this::table);
    same(difference.tables().stream().filter(ComparedTable::isSame).toList());
    line("");
    long different = difference.tables().stream().filter(table -> !table.isSame()).count();
    line(
        terminal.style(
            Style.QUIET,
            different == 0
                ? "(no difference)"
                : "("
                    + different
                    + " of "
                    + Text.count(difference.tables().size(), "table")
                    + (different == 1 && difference.tables().size() == 1
                        ? " differs)"
                        : " differ)")));
    terminal.out().flush();
  }

  private static String name(Release release) {
    return release.environment() + ":" + release.sequence();
  }

  private void table(ComparedTable table) {
    line("");
    line(
        "  "
            + terminal.style(Style.HEADING, table.table().toString())
            + "  "
            + summary(table.rows())
            + asOf(table));
    table.schema().forEach(found -> line(INDENT + SchemaDifferenceText.of(found, terminal)));
    if (table.rows() instanceof ComparedRows.Counted counted) {
      columns(counted);
      samples(counted);
    }
  }

  private String summary(ComparedRows rows) {
    if (!(rows instanceof ComparedRows.Counted counted)) {
      return rows instanceof ComparedRows.OneSided one
          ? Text.count(one.rows(), "row")
          : "same rows";
    }
    List<String> parts = new ArrayList<>();
    parts.add(
        counted.before() == counted.after()
            ? Text.count(counted.after(), "row")
            : Text.count(counted.before()) + " → " + Text.count(counted.after(), "row"));
    count(parts, Style.GOOD, "+", counted.added(), " added");
    count(parts, Style.BAD, "−", counted.removed(), " removed");
    count(parts, Style.WARNING, "≠", counted.changed(), " changed");
    if (counted.isSame()) {
      parts.add("all the same in the columns that both have");
    }
    return String.join("  ", parts);
  }

  private void count(List<String> parts, Style style, String mark, long count, String what) {
    if (count > 0) {
      parts.add(terminal.style(style, mark + Text.count(count) + what));
    }
  }

  private String asOf(ComparedTable table) {
    return table
        .asOf()
        .filter(both -> !both.before().equals(both.after()))
        .map(both -> "  as of " + time(both.before()) + " → " + time(both.after()))
        .map(text -> terminal.style(Style.QUIET, text))
        .orElse("");
  }

  /** In how many rows each column differs, with a bar for its share of the changed rows. */
  private void columns(ComparedRows.Counted counted) {
    List<Map.Entry<String, Long>> most =
        counted.changedIn().entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .toList();
    List<Map.Entry<String, Long>> shown = most.subList(0, Math.min(MOST_COLUMNS, most.size()));
    int width = shown.stream().mapToInt(column -> Text.width(column.getKey())).max().orElse(0);
    int digits =
        shown.stream().mapToInt(column -> Text.count(column.getValue()).length()).max().orElse(0);
    for (Map.Entry<String, Long> column : shown) {
      long blocks = Math.max(1, Math.round((double) BAR * column.getValue() / counted.changed()));
      line(
          INDENT
              + terminal.style(Style.WARNING, "≠ ")
              + Text.padRight(column.getKey(), width)
              + "  "
              + Text.padLeft(Text.count(column.getValue()), digits)
              + "  "
              + terminal.style(Style.QUIET, "█".repeat((int) blocks)));
    }
    if (shown.size() < most.size()) {
      String rest =
          most.subList(MOST_COLUMNS, most.size()).stream()
              .map(column -> column.getKey() + " " + Text.count(column.getValue()))
              .collect(Collectors.joining(", "));
      line(INDENT + terminal.style(Style.QUIET, Text.cut("  and " + rest, terminal.width() - 4)));
    }
  }

  /** The key, then what differs most, then the rest as far as there is room. */
  private void samples(ComparedRows.Counted counted) {
    if (counted.samples().isEmpty()) {
      return;
    }
    List<Column> columns = new ArrayList<>(counted.columns());
    columns.sort(
        Comparator.comparingLong(
            column ->
                counted.key().contains(column.name())
                    ? Long.MIN_VALUE
                    : -counted.changedIn().getOrDefault(column.name(), 0L)));
    List<RowDifference> rows = counted.samples().stream().map(DiffView::row).toList();
    line("");
    new DifferenceTable(terminal, zone).table(columns, rows, INDENT);
  }

  private static RowDifference row(RowSample sample) {
    if (sample instanceof RowSample.Added added) {
      return new RowDifference.Unexpected(new TypedRow(added.values()));
    }
    if (sample instanceof RowSample.Removed removed) {
      return new RowDifference.Missing(new TypedRow(removed.values()));
    }
    RowSample.Changed changed = (RowSample.Changed) sample;
    return new RowDifference.Differing(
        new TypedRow(changed.before()), new TypedRow(changed.after()), changed.columns());
  }

  private void same(List<ComparedTable> tables) {
    if (tables.isEmpty()) {
      return;
    }
    String names =
        tables.stream().map(table -> table.table().toString()).collect(Collectors.joining(", "));
    line("");
    for (String row : Text.wrap("= " + names, terminal.width() - 2)) {
      line("  " + terminal.style(Style.QUIET, row));
    }
  }

  private String time(Instant instant) {
    return INSTANT.format(instant.atZone(zone));
  }

  private void line(String text) {
    terminal.out().println(text.stripTrailing());
  }
}
