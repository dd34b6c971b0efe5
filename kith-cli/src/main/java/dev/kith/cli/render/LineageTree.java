package dev.kith.cli.render;

import dev.kith.cli.render.Terminal.Style;
import dev.kith.model.TableColumn;
import dev.kith.model.TableName;
import dev.kith.run.lineage.LineageGraph;
import dev.kith.run.lineage.LineageQuestion;
import dev.kith.run.lineage.Link;
import dev.kith.run.lineage.TableLineage;
import dev.kith.sql.Derivation.Step;
import dev.kith.sql.Influence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lineage as a tree: each column with how it influences the one above it, the expressions between,
 * and what only decides about it. A branch that was shown before is not shown again.
 */
public final class LineageTree {

  private static final String SEEN = "shown above";

  private final Terminal terminal;
  private final LineageGraph graph;
  private final LineageQuestion question;
  private final Set<Object> shown = new HashSet<>();

  public LineageTree(Terminal terminal, LineageGraph graph, LineageQuestion question) {
    this.terminal = terminal;
    this.graph = graph;
    this.question = question;
  }

  /** Prints the tree of what was asked for. */
  public void print() {
    Optional<String> column = question.column();
    if (column.isPresent()) {
      column(new TableColumn(question.table(), column.get()), "", "", "", 0);
      rows();
    } else {
      table(question.table(), "", "", 0);
    }
    unclear();
    terminal.out().flush();
  }

  private void table(TableName name, String before, String below, int level) {
    TableLineage table = graph.table(name).orElseThrow();
    List<TableName> next =
        question.isUpstream() ? List.copyOf(table.inputs()) : graph.readers(name);
    boolean again = !shown.add(name) && !next.isEmpty();
    line(
        before
            + terminal.style(Style.NAME, name.toString())
            + quiet("  " + kind(table) + (again ? ", " + SEEN : "")));
    if (again || level >= question.depth()) {
      return;
    }
    for (int i = 0; i < next.size(); i++) {
      boolean last = i == next.size() - 1;
      table(next.get(i), below + (last ? "└─ " : "├─ "), below + (last ? "   " : "│  "), level + 1);
    }
  }

  private void column(TableColumn column, String how, String before, String below, int level) {
    List<Link> next = question.next(graph, column);
    boolean again = !shown.add(column) && !next.isEmpty();
    String type = graph.column(column).map(found -> "  " + found.type().sql()).orElse("");
    line(
        before
            + terminal.style(Style.NAME, column.toString())
            + quiet(Text.cut(type, 40))
            + (how.isEmpty() ? "" : "  " + how)
            + (again ? quiet("  " + SEEN) : ""));
    if (again) {
      return;
    }
    boolean goesOn = !next.isEmpty() && level < question.depth();
    String margin = below + (goesOn ? "│ " : "  ");
    if (question.isUpstream() || level > 0) {
      details(column, margin);
    }
    if (!goesOn) {
      return;
    }
    for (int i = 0; i < next.size(); i++) {
      boolean last = i == next.size() - 1;
      column(
          question.end(next.get(i)),
          words(next.get(i)),
          below + (last ? "└─ " : "├─ "),
          below + (last ? "   " : "│  "),
          level + 1);
    }
  }

  /** The expressions, what only decides about the value, and where a source has it from. */
  private void details(TableColumn column, String margin) {
    Optional<TableLineage> table = graph.table(column.table());
    table
        .flatMap(found -> found.derivation(column.column()))
        .ifPresent(
            derivation ->
                derivation.steps().forEach(step -> wrapped(margin, expression(step, column))));
    List<String> deciding = new ArrayList<>();
    for (Link link : graph.origins(column)) {
      if (!link.isDirect() && !question.indirect() && question.isUpstream()) {
        deciding.add(link.origin() + " (" + words(link) + ")");
      }
    }
    if (!deciding.isEmpty()) {
      wrapped(margin, "decided by " + String.join(", ", deciding));
    }
    table
        .filter(found -> !found.reads().isEmpty())
        .ifPresent(found -> wrapped(margin, "from " + found.reads()));
  }

  private static String expression(Step step, TableColumn column) {
    return step.column().equalsIgnoreCase(column.column())
        ? step.expression()
        : step.column() + ": " + step.expression();
  }

  /** What decides which rows the first column's table has. */
  private void rows() {
    List<Link> links = graph.rowOrigins(question.table());
    if (!question.isUpstream() || links.isEmpty()) {
      return;
    }
    String list =
        links.stream()
            .map(link -> link.origin() + " (" + words(link) + ")")
            .collect(Collectors.joining(", "));
    line("");
    wrapped("", "rows of " + question.table() + " decided by " + list);
  }

  private void unclear() {
    graph
        .table(question.table())
        .ifPresent(
            table ->
                table
                    .unclear()
                    .forEach(
                        reason ->
                            line(
                                terminal.style(
                                    Style.WARNING,
                                    reason.span()
                                        + ": "
                                        + reason.value()
                                        + ", so everything in reach counts as origin"))));
  }

  private static String words(Link link) {
    return link.influences().stream().map(LineageTree::word).collect(Collectors.joining(", "));
  }

  private static String word(Influence influence) {
    return switch (influence) {
      case IDENTITY -> "as it is";
      case TRANSFORMATION -> "computed";
      case AGGREGATION -> "aggregated";
      case CONDITIONAL -> "condition";
      case WINDOW -> "window";
      case FILTER -> "filter";
      case JOIN -> "join";
      case GROUP_BY -> "grouping";
      case SORT -> "order";
    };
  }

  private static String kind(TableLineage table) {
    String kind = table.kind().name().toLowerCase(Locale.ROOT);
    return table.reads().isEmpty() ? kind : kind + " of " + table.reads();
  }

  /** Quiet, in as many lines as it takes. */
  private void wrapped(String margin, String text) {
    int width = Math.max(30, terminal.width() - Text.width(margin));
    Text.wrap(text, width).forEach(line -> line(margin + quiet(line)));
  }

  private String quiet(String text) {
    return terminal.style(Style.QUIET, text);
  }

  private void line(String text) {
    terminal.out().println(text.stripTrailing());
  }
}
