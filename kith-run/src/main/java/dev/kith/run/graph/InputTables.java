package dev.kith.run.graph;

import dev.kith.measures.InputTable;
import dev.kith.measures.InputTable.History;
import dev.kith.model.Located;
import dev.kith.model.TableName;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.type.TableSchema;
import dev.kith.run.graph.Relations.Relation;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a profile may know of the tables that it reads. */
final class InputTables {

  private InputTables() {}

  static InputTable of(Relation relation, Relations relations, Node owner) {
    TableSchema schema = relation.visible(Set.of());
    if (owner instanceof Node.SourceNode source) {
      return ofSource(relation.name(), schema, relations, source.definition());
    }
    if (owner instanceof Node.TableNode table) {
      return new InputTable(
          relation.name(),
          schema,
          table.definition().at().map(Located::value),
          values(table.definition().key()),
          table.whyUnsafe(),
          ownHistory(relation.name(), schema));
    }
    return new InputTable(
        relation.name(),
        schema,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        ownHistory(relation.name(), schema));
  }

  private static InputTable ofSource(
      TableName name, TableSchema schema, Relations relations, SourceDefinition source) {
    if (!name.equals(source.name())) {
      return new InputTable(
          name, schema, Optional.empty(), List.of(), Optional.empty(), ownHistory(name, schema));
    }
    boolean events = source.kind() == SourceDefinition.Kind.EVENTS;
    Optional<History> history =
        events
            ? Optional.empty()
            : relations
                .find(SourceRelations.history(source))
                .map(found -> new History(found.name(), found.visible(Set.of())));
    return new InputTable(
        name,
        schema,
        source.at().map(Located::value),
        values(events ? source.id() : source.key()),
        Optional.empty(),
        history);
  }

  private static Optional<History> ownHistory(TableName name, TableSchema schema) {
    return schema.has(History.VALID_FROM) && schema.has(History.VALID_TO)
        ? Optional.of(new History(name, schema))
        : Optional.empty();
  }

  private static List<String> values(List<Located<String>> names) {
    return names.stream().map(Located::value).toList();
  }
}
