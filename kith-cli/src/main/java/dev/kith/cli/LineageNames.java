package dev.kith.cli;

import dev.kith.model.KithException;
import dev.kith.model.Suggestion;
import dev.kith.model.TableColumn;
import dev.kith.model.TableName;
import dev.kith.run.lineage.LineageGraph;
import dev.kith.run.lineage.TableLineage;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which table or column of a project a name means. */
final class LineageNames {

  private final LineageGraph graph;

  LineageNames(LineageGraph graph) {
    this.graph = graph;
  }

  /** The table of that name. */
  Optional<TableName> table(String name) {
    return graph.tables().stream()
        .map(TableLineage::name)
        .filter(table -> table.toString().equalsIgnoreCase(name))
        .findFirst();
  }

  /**
   * The column that {@code table.column} means.
   *
   * @throws KithException if there is none, with a name that is like it
   */
  TableColumn column(String name) {
    int dot = name.lastIndexOf('.');
    Optional<TableLineage> table =
        dot < 0 ? Optional.empty() : table(name.substring(0, dot)).flatMap(graph::table);
    if (table.isEmpty()) {
      List<String> tables = graph.tables().stream().map(each -> each.name().toString()).toList();
      String wrong = dot < 0 ? name : name.substring(0, dot);
      throw unknown(
          "Cannot find a source, table, profile or dataset named: " + wrong,
          name,
          candidates(tables, dot < 0 ? "" : name.substring(dot)));
    }
    String column = name.substring(dot + 1);
    return table
        .get()
        .schema()
        .column(column)
        .map(found -> new TableColumn(table.get().name(), found.name()))
        .orElseThrow(
            () ->
                unknown(
                    "Cannot find a column of '" + table.get().name() + "' named: " + column,
                    name,
                    table.get().schema().names().stream()
                        .map(each -> table.get().name() + "." + each)
                        .toList()));
  }

  private static List<String> candidates(List<String> tables, String ending) {
    return Stream.concat(tables.stream().map(table -> table + ending), tables.stream()).toList();
  }

  private static KithException unknown(String message, String name, Collection<String> candidates) {
    KithException unknown = KithException.usage(CliCode.UNKNOWN_TABLE_OR_COLUMN, name, message);
    return Suggestion.didYouMean(name, candidates).map(unknown::withHelp).orElse(unknown);
  }
}
