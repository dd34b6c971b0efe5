package dev.kith.run.graph;

import dev.kith.model.TableName;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.SourceDefinition.Kind;
import dev.kith.model.type.TableSchema;
import dev.kith.sources.SourceSchemas;
import java.util.LinkedHashMap;
import java.util.Map;

/** The relations that a source makes: its rows, an entity's history, and what was rejected. */
public final class SourceRelations {

  private SourceRelations() {}

  public static TableName history(SourceDefinition source) {
    return source.name().withSuffix("_history");
  }

  /**
   * Every relation with all its columns, hidden ones too.
   *
   * @param columns the source's own
   */
  public static Map<TableName, TableSchema> relations(
      SourceDefinition source, TableSchema columns) {
    Map<TableName, TableSchema> relations = new LinkedHashMap<>();
    relations.put(source.name(), SourceSchemas.rows(columns));
    if (source.kind() == Kind.ENTITY) {
      relations.put(history(source), SourceSchemas.history(columns));
    }
    relations.put(source.rejected(), SourceSchemas.rejected());
    return relations;
  }
}
