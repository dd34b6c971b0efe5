package dev.kith.cli.render;

import dev.kith.model.TableColumn;
import dev.kith.model.TableName;
import dev.kith.run.lineage.LineageGraph;
import dev.kith.run.lineage.LineageQuestion;
import dev.kith.run.lineage.Link;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Lineage as a drawing: tables as boxes of columns, arrows from origin to what depends on it. */
public final class LineageDiagram {

  private final List<Link> links;
  private final Map<TableName, Set<TableColumn>> columns = new LinkedHashMap<>();
  private final Map<TableColumn, String> ids = new LinkedHashMap<>();

  public LineageDiagram(LineageGraph graph, LineageQuestion question) {
    this.links = question.links(graph);
    question.start(graph).forEach(this::add);
    for (Link link : links) {
      add(link.origin());
      add(link.dependent());
    }
  }

  private void add(TableColumn column) {
    columns.computeIfAbsent(column.table(), table -> new LinkedHashSet<>()).add(column);
    ids.computeIfAbsent(column, c -> "c" + (ids.size() + 1));
  }

  /** For Markdown; arrows of what only decides are dotted. */
  public String mermaid() {
    StringBuilder text = new StringBuilder("flowchart LR\n");
    columns.forEach(
        (table, all) -> {
          text.append("  subgraph ").append(tableId(table)).append("[\"").append(table);
          text.append("\"]\n");
          for (TableColumn column : all) {
            text.append("    ").append(ids.get(column)).append("[\"");
            text.append(column.column().replace("\"", "#quot;")).append("\"]\n");
          }
          text.append("  end\n");
        });
    for (Link link : links) {
      text.append("  ").append(ids.get(link.origin()));
      text.append(link.isDirect() ? " -->|" : " -.->|").append(words(link)).append("| ");
      text.append(ids.get(link.dependent())).append('\n');
    }
    return text.toString();
  }

  /** For Graphviz. */
  public String dot() {
    StringBuilder text = new StringBuilder("digraph lineage {\n  rankdir=LR;\n");
    text.append("  node [shape=box];\n");
    columns.forEach(
        (table, all) -> {
          text.append("  subgraph \"cluster_").append(table).append("\" {\n");
          text.append("    label=\"").append(table).append("\";\n");
          for (TableColumn column : all) {
            text.append("    ").append(ids.get(column)).append(" [label=\"");
            text.append(column.column().replace("\\", "\\\\").replace("\"", "\\\""));
            text.append("\"];\n");
          }
          text.append("  }\n");
        });
    for (Link link : links) {
      text.append("  ").append(ids.get(link.origin())).append(" -> ");
      text.append(ids.get(link.dependent())).append(" [label=\"").append(words(link));
      text.append(link.isDirect() ? "\"];\n" : "\", style=dotted];\n");
    }
    return text.append("}\n").toString();
  }

  private static String tableId(TableName table) {
    return "t_" + table.toString().replace('.', '_');
  }

  private static String words(Link link) {
    return link.influences().stream()
        .map(influence -> influence.name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .collect(Collectors.joining(", "));
  }
}
