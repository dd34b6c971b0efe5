package dev.kith.run.graph;

import dev.kith.lake.TableLayout;
import dev.kith.model.Located;
import dev.kith.model.type.TableSchema;
import java.util.List;

/**
 * How built tables keep their rows: those about people in the order of keys, tables as they come.
 */
public final class Layouts {

  private Layouts() {}

  public static TableLayout of(Node node) {
    if (node instanceof Node.ProfileNode profile) {
      List<String> key = List.of(profile.plan().key().name());
      return new TableLayout(profile.schema(), List.of(), key, key);
    }
    if (node instanceof Node.DatasetNode dataset) {
      List<String> order =
          List.of(dataset.plan().plan().key().name(), dataset.definition().at().value());
      return new TableLayout(
          dataset.schema(), List.of(), spelled(order, dataset.schema()), List.of());
    }
    List<String> key =
        ((Node.TableNode) node).definition().key().stream().map(Located::value).toList();
    return new TableLayout(node.schema(), List.of(), List.of(), key);
  }

  /** The names as the columns have them. */
  private static List<String> spelled(List<String> names, TableSchema schema) {
    return names.stream().map(name -> schema.column(name).orElseThrow().name()).toList();
  }
}
