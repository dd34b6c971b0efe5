package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.model.TableName;
import dev.kith.sql.Relation.Out;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The tables of a FROM, by the names under which its columns can be addressed. */
record Scope(List<Binding> bindings) {

  /**
   * @param qualifier alias, {@code table} or {@code schema.table}; empty for what has no name
   * @param merged columns that USING has made one with those of a binding before, in lower case;
   *     they are addressed only with the qualifier
   */
  record Binding(String qualifier, Relation relation, Set<String> merged) {
    boolean isCalled(String name) {
      return qualifier.equalsIgnoreCase(name)
          || qualifier.substring(qualifier.lastIndexOf('.') + 1).equalsIgnoreCase(name);
    }

    Stream<Out> columns(String asked) {
      return asked.isEmpty()
          ? relation.columns().stream().filter(out -> !merged.contains(lower(out.name())))
          : isCalled(asked) ? relation.columns().stream() : Stream.empty();
    }

    boolean isMeant(String asked) {
      return asked.isEmpty() || isCalled(asked);
    }
  }

  static final Scope NOTHING = of("", new Relation(Set.of(), List.of(), true));

  /** Of which nothing is known. */
  static final Scope UNKNOWN = of("", Relation.UNKNOWN);

  Scope {
    bindings = List.copyOf(bindings);
  }

  static Scope of(String qualifier, Relation relation) {
    return new Scope(List.of(new Binding(qualifier, relation, Set.of())));
  }

  /**
   * @param using columns that both have, and that are one from now on
   */
  Scope with(Scope other, List<String> using) {
    List<Binding> all = new ArrayList<>(bindings);
    for (Binding binding : other.bindings) {
      Set<String> merged = new HashSet<>(binding.merged);
      using.forEach(name -> merged.add(lower(name)));
      all.add(new Binding(binding.qualifier, binding.relation, merged));
    }
    return new Scope(all);
  }

  /** The same tables, of whose columns nothing is known. */
  Scope uncertain() {
    return new Scope(
        bindings.stream()
            .map(b -> new Binding(b.qualifier, b.relation.uncertain(), b.merged))
            .toList());
  }

  /** The tables whose rows these are. */
  Set<TableName> inputs() {
    Set<TableName> inputs = new HashSet<>();
    bindings.forEach(binding -> inputs.addAll(binding.relation.inputs()));
    return inputs;
  }

  /** What an expression is, as far as it is a column, or a time cut off, and certain which. */
  Optional<Out> value(JsonNode expression) {
    return Truncation.of(expression)
        .map(cut -> value(cut.operand()).map(out -> out.truncated(cut.truncation())))
        .orElseGet(() -> column(expression));
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
            .flatMap(binding -> binding.columns(qualifier))
            .filter(out -> out.name().equalsIgnoreCase(name))
            .toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  /** Whether a column reference might mean something here. */
  boolean mayHave(JsonNode columnReference) {
    String first = Tree.columnPath(columnReference).get(0);
    return !lacks(first) || bindings.stream().anyMatch(binding -> binding.isCalled(first));
  }

  /** Whether certainly no table has a column of this name. */
  boolean lacks(String column) {
    return bindings.stream()
        .map(Binding::relation)
        .allMatch(
            relation ->
                relation.exact()
                    && relation.columns().stream()
                        .noneMatch(out -> out.name().equalsIgnoreCase(column)));
  }

  /** What a star stands for, of one table or all; nothing if that is not certain. */
  Optional<List<Out>> columns(String qualifier) {
    List<Binding> meant = bindings.stream().filter(b -> b.isMeant(qualifier)).toList();
    return !meant.isEmpty() && meant.stream().allMatch(binding -> binding.relation.exact())
        ? Optional.of(meant.stream().flatMap(b -> b.columns(qualifier)).toList())
        : Optional.empty();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
