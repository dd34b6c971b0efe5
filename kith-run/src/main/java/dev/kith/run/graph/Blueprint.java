package dev.kith.run.graph;

import dev.kith.model.TableName;
import java.util.List;

/**
 * A project that was understood as a whole.
 *
 * @param nodes sources, then tables and profiles in an order in which they can be built
 * @param relations all that can be read by name
 */
public record Blueprint(List<Node> nodes, Relations relations) {

  public Blueprint {
    nodes = List.copyOf(nodes);
  }

  public List<Node.SourceNode> sources() {
    return nodes.stream()
        .filter(Node.SourceNode.class::isInstance)
        .map(Node.SourceNode.class::cast)
        .toList();
  }

  public List<TableName> names() {
    return nodes.stream().map(Node::name).toList();
  }
}
