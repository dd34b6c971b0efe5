package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.sql.Relation.Out;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tables of a FROM, by the names under which its columns can be addressed. */
record Scope(List<Binding> bindings) {

  /**
   * @param qualifier alias, {@code table} or {@code schema.table}; empty for what has no name
   */
  record Binding(String qualifier, Relation relation) {
    boolean isCalled(String name) {
      return qualifier.equalsIgnoreCase(name)
          || qualifier.substring(qualifier.lastIndexOf('.') + 1).equalsIgnoreCase(name);
    }
  }

  Scope {
    bindings = List.copyOf(bindings);
  }

  static Scope of(String qualifier, Relation relation) {
    return new Scope(List.of(new Binding(qualifier, relation)));
  }

  Scope with(Scope other) {
    List<Binding> all = new ArrayList<>(bindings);
    all.addAll(other.bindings);
    return new Scope(all);
  }

  /** The column that an expression is, if it is one and it is certain which. */
  Optional<Out> column(JsonNode expression) {
    if (!Tree.isExpression(expression, "COLUMN_REF")) {
      return Optional.empty();
    }
    List<String> path = Tree.columnPath(expression);
    String name = path.get(path.size() - 1);
    String qualifier = String.join(".", path.subList(0, path.size() - 1));
    List<Out> found =
        bindings.stream()
            .filter(binding -> qualifier.isEmpty() || binding.isCalled(qualifier))
            .flatMap(binding -> binding.relation().columns().stream())
            .filter(out -> out.name().equalsIgnoreCase(name))
            .toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  /** What a star stands for, of one table or all; nothing if that is not certain. */
  Optional<List<Out>> columns(String qualifier) {
    List<Relation> relations =
        bindings.stream()
            .filter(binding -> qualifier.isEmpty() || binding.isCalled(qualifier))
            .map(Binding::relation)
            .toList();
    return !relations.isEmpty() && relations.stream().allMatch(Relation::exact)
        ? Optional.of(relations.stream().flatMap(r -> r.columns().stream()).toList())
        : Optional.empty();
  }
}
