package dev.kith.run.graph;

import dev.kith.lake.TableLayout;
import dev.kith.model.Located;
import java.util.List;

/** How built tables keep their rows: profiles in the order of their key, tables as they come. */
public final class Layouts {

  private Layouts() {}

  public static TableLayout of(Node node) {
    if (node instanceof Node.ProfileNode profile) {
      List<String> key = List.of(profile.plan().key().name());
      return new TableLayout(profile.schema(), List.of(), key, key);
    }
    List<String> key =
        ((Node.TableNode) node).definition().key().stream().map(Located::value).toList();
    return new TableLayout(node.schema(), List.of(), List.of(), key);
  }
}
