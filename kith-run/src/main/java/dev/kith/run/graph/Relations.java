package dev.kith.run.graph;

import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.model.type.TableSchema;
import dev.kith.sql.Schemas;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All that can be read by name: each with its columns, and what defines it. */
public final class Relations {

  /**
   * Something readable.
   *
   * @param owner the definition whose building makes it: a source owns its rejected rows
   * @param schema all columns, hidden ones too
   */
  public record Relation(TableName name, TableName owner, TableSchema schema) {

    /** What {@code select *} shows, and those hidden columns that are named. */
    public TableSchema visible(Set<String> named) {
      return new TableSchema(
          schema.columns().stream()
              .filter(column -> !isHidden(column) || named.contains(column.name()))
              .toList());
    }
  }

  private final Map<TableName, Relation> relations = new LinkedHashMap<>();

  public static boolean isHidden(Column column) {
    return column.name().startsWith("_");
  }

  public void add(TableName name, TableName owner, TableSchema schema) {
    relations.put(name, new Relation(name, owner, schema));
  }

  public Optional<Relation> find(TableName name) {
    return Optional.ofNullable(relations.get(name));
  }

  /** The names that the building of a definition makes readable. */
  public List<TableName> ownedBy(TableName owner) {
    return relations.values().stream()
        .filter(relation -> relation.owner().equals(owner))
        .map(Relation::name)
        .toList();
  }

  /** The columns as a statement sees them that names these hidden ones. */
  public Schemas schemas(Set<String> hiddenNamed) {
    return new Schemas() {
      @Override
      public Optional<TableSchema> schema(TableName name) {
        return find(name).map(relation -> relation.visible(hiddenNamed));
      }

      @Override
      public Collection<TableName> names() {
        return relations.keySet();
      }
    };
  }
}
