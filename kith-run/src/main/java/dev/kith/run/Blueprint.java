package dev.kith.run;

import dev.kith.model.TableName;
import java.util.List;

/**
 * A project that was understood as a whole.
 *
 * @param nodes sources, then tables and profiles in an order in which they can be built
 * @param relations all that can be read by name
 */
record Blueprint(List<Node> nodes, Relations relations) {

  Blueprint {
    nodes = List.copyOf(nodes);
  }

  List<Node.SourceNode> sources() {
    return nodes.stream()
        .filter(Node.SourceNode.class::isInstance)
        .map(Node.SourceNode.class::cast)
        .toList();
  }

  List<TableName> names() {
    return nodes.stream().map(Node::name).toList();
  }
}
