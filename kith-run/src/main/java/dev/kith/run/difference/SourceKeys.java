package dev.kith.run.difference;

import dev.kith.model.Located;
import dev.kith.model.TableName;
import dev.kith.model.definition.Project;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.run.graph.SourceRelations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What names a row of a source: its tables do not say so themselves. */
public final class SourceKeys {

  private SourceKeys() {}

  /** By relation; those without anything that names a row are not there. */
  public static Map<TableName, List<String>> of(Project project) {
    Map<TableName, List<String>> keys = new LinkedHashMap<>();
    for (SourceDefinition source : project.sources()) {
      List<String> key = new ArrayList<>();
      if (source.kind() == SourceDefinition.Kind.ENTITY) {
        source.key().forEach(column -> key.add(column.value()));
        keys.put(source.name(), List.copyOf(key));
        key.add("valid_from");
        keys.put(SourceRelations.history(source), key);
      } else if (!source.id().isEmpty()) {
        source.id().stream().map(Located::value).forEach(key::add);
        source.at().ifPresent(at -> key.add(at.value()));
        keys.put(source.name(), key);
      }
    }
    return keys;
  }
}
