package dev.kith.sql;

import dev.kith.model.TableName;
import dev.kith.model.type.TableSchema;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tables that a query may refer to. A lambda will do; {@link #of(Map)} also lets a diagnostic
 * say "did you mean".
 */
@FunctionalInterface
public interface Schemas {

  /** The columns of a table, hidden ones too, or nothing if there is no such table. */
  Optional<TableSchema> schema(TableName name);

  /** All names, as far as they are known, for suggestions. */
  default Collection<TableName> names() {
    return Set.of();
  }

  static Schemas of(Map<TableName, TableSchema> tables) {
    Map<TableName, TableSchema> copy = Map.copyOf(tables);
    return new Schemas() {
      @Override
      public Optional<TableSchema> schema(TableName name) {
        return Optional.ofNullable(copy.get(name));
      }

      @Override
      public Collection<TableName> names() {
        return copy.keySet();
      }
    };
  }
}
