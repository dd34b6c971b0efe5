package dev.kith.run.graph;

import dev.kith.model.Located;
import dev.kith.model.TableName;
import dev.kith.model.definition.Definition;
import dev.kith.model.definition.Expectation;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.model.definition.TableDefinition;
import dev.kith.model.type.TableSchema;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A table, profile or dataset, and what must hold of it.
 *
 * @param checks at least one
 * @param personal names of columns whose values are never printed, in lower case
 */
public record CheckedTable(
    Definition definition, TableSchema schema, List<ResolvedCheck> checks, Set<String> personal) {

  public CheckedTable {
    checks = List.copyOf(checks);
    personal = Set.copyOf(personal);
  }

  public TableName name() {
    return definition.name();
  }

  /** The columns that name a row; may be empty. */
  public List<String> key() {
    if (definition instanceof ProfileDefinition profile) {
      return List.of(profile.key().value());
    }
    return definition instanceof TableDefinition table
        ? table.key().stream().map(Located::value).toList()
        : List.of();
  }

  /** Other tables that the checks read. */
  public SortedSet<TableName> reads() {
    SortedSet<TableName> names = new TreeSet<>();
    for (ResolvedCheck resolved : checks) {
      if (resolved.check().expectation() instanceof Expectation.Relationship relationship) {
        names.add(relationship.to().value());
      }
      resolved
          .query()
          .ifPresent(query -> query.references().forEach(table -> names.add(table.value())));
    }
    names.remove(name());
    return names;
  }

  /** Whether the outcome may be another at another instant, though no row has changed. */
  public boolean dependsOnInstant() {
    return checks.stream()
        .anyMatch(
            one ->
                one.check().expectation() instanceof Expectation.Freshness
                    || one.query().filter(query -> query.usesAsOf()).isPresent());
  }
}
