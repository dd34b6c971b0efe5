package dev.kith.run.plan;

import dev.kith.lake.ReleaseEntry;
import dev.kith.model.TableName;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.graph.Node;
import java.util.Map;
import java.util.TreeMap;

/** What readers see of a definition. */
public final class Released {

  private Released() {}

  /** The entries of all relations that a definition makes, by name. */
  public static Map<TableName, ReleaseEntry> entries(Node node, Blueprint blueprint, Basis basis) {
    Map<TableName, ReleaseEntry> entries = new TreeMap<>();
    blueprint
        .relations()
        .ownedBy(node.name())
        .forEach(name -> basis.entry(name).ifPresent(entry -> entries.put(name, entry)));
    return entries;
  }

  /** Notes them as what is to be read. */
  public static void note(Map<TableName, ReleaseEntry> entries, Versions versions) {
    entries.forEach(
        (name, entry) ->
            versions.put(
                name, entry.version(), entry.kind() == ReleaseEntry.Kind.CURRENT_OF_HISTORY));
  }
}
