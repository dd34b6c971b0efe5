package dev.kith.run.graph;

import dev.kith.model.TableName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A project that was understood as a whole.
 *
 * @param nodes sources, then tables, profiles and datasets that are tables, in an order in which
 *     they can be built
 * @param relations all that can be read by name
 * @param checks of those among the nodes that have any
 * @param datasets by name, also those that no run builds
 */
public record Blueprint(
    List<Node> nodes,
    Relations relations,
    Map<TableName, CheckedTable> checks,
    Map<TableName, Node.DatasetNode> datasets) {

  public Blueprint {
    nodes = List.copyOf(nodes);
    checks = Collections.unmodifiableMap(new LinkedHashMap<>(checks));
    datasets = Collections.unmodifiableMap(new LinkedHashMap<>(datasets));
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

  public Optional<Node> node(TableName name) {
    return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
  }

  /** The definitions that make what a node reads. */
  public Set<TableName> owners(Node node) {
    Set<TableName> owners = new TreeSet<>();
    for (TableName input : node.inputs()) {
      owners.add(relations.find(input).map(Relations.Relation::owner).orElse(input));
    }
    return owners;
  }

  /** What a table is made of, directly or through others. */
  public Set<TableName> ancestors(TableName table) {
    Set<TableName> found = new TreeSet<>();
    List<Node> upwards = new ArrayList<>(nodes);
    Collections.reverse(upwards);
    for (Node node : upwards) {
      if (node.name().equals(table) || found.contains(node.name())) {
        found.addAll(owners(node));
      }
    }
    return found;
  }

  /** What reads any of these, directly or through others, in the order of building. */
  public Set<TableName> dependents(Set<TableName> tables) {
    Set<TableName> found = new LinkedHashSet<>();
    for (Node node : nodes) {
      Set<TableName> read = owners(node);
      if (!Collections.disjoint(read, tables) || !Collections.disjoint(read, found)) {
        found.add(node.name());
      }
    }
    return found;
  }
}
