package dev.kith.run;

import dev.kith.model.Located;
import dev.kith.model.TableName;
import dev.kith.model.definition.DatasetDefinition;
import dev.kith.model.definition.Definition;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.TableDefinition;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.graph.Node;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tables that a table's columns may refer to: those whose rows one column names. */
final class SuggestionTargets {

  private SuggestionTargets() {}

  /** What is made from the table itself is left out: that its values are there is no news. */
  static Map<TableName, String> of(TableName table, Blueprint blueprint) {
    Set<TableName> made = new HashSet<>(Set.of(table));
    Map<TableName, String> targets = new LinkedHashMap<>();
    for (Node node : blueprint.nodes()) {
      if (node.inputs().stream().anyMatch(made::contains)) {
        made.add(node.name());
      }
      if (!made.contains(node.name())) {
        key(node.definition()).ifPresent(key -> targets.put(node.name(), key));
      }
    }
    return targets;
  }

  private static Optional<String> key(Definition definition) {
    if (definition instanceof ProfileDefinition profile) {
      return Optional.of(profile.key().value());
    }
    if (definition instanceof DatasetDefinition) {
      return Optional.empty();
    }
    List<Located<String>> key =
        definition instanceof TableDefinition table
            ? table.key()
            : ((SourceDefinition) definition).key();
    return key.size() == 1 ? Optional.of(key.get(0).value()) : Optional.empty();
  }
}
