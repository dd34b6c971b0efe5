package dev.kith.model.definition;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What people should know of a definition. A change of it builds nothing.
 *
 * @param columns by column name, in the order written
 */
public record Documentation(
    Optional<String> description,
    Optional<String> owner,
    List<String> tags,
    Map<String, ColumnDocumentation> columns) {

  public static final Documentation NONE =
      new Documentation(Optional.empty(), Optional.empty(), List.of(), Map.of());

  public Documentation {
    tags = List.copyOf(tags);
    columns = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(columns));
  }

  /**
   * What people should know of a column.
   *
   * @param pii whether it identifies a person
   */
  public record ColumnDocumentation(Optional<String> description, boolean pii, List<String> tags) {
    public ColumnDocumentation {
      tags = List.copyOf(tags);
    }
  }
}
