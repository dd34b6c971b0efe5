package dev.kith.sql;

import dev.kith.model.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rows that each come from one row of one of some tables, or from none.
 *
 * @param exact whether the columns listed are all there are, each named as listed
 */
record Relation(Set<TableName> inputs, List<Out> columns, boolean exact) {

  /** Of which nothing more is known. */
  static final Relation UNKNOWN = new Relation(Set.of(), List.of(), false);

  /**
   * A column.
   *
   * @param origins for an input table, what of its rows this holds in rows that come from that
   *     table
   */
  record Out(String name, Map<TableName, InputPart> origins) {
    static Out computed(String name) {
      return new Out(name, Map.of());
    }

    Out named(String other) {
      return new Out(other, origins);
    }

    /** The same cut off; of what is no time nothing is known then. */
    Out truncated(Truncation truncation) {
      Map<TableName, InputPart> parts = new HashMap<>();
      origins.forEach(
          (table, part) -> part.truncated(truncation).ifPresent(cut -> parts.put(table, cut)));
      return new Out(name, Map.copyOf(parts));
    }
  }

  Relation {
    inputs = Set.copyOf(inputs);
    columns = List.copyOf(columns);
  }

  /** What the one column of a name holds of an input, if that is known. */
  Optional<InputPart> part(String column, TableName input) {
    List<Out> named = columns.stream().filter(out -> out.name.equalsIgnoreCase(column)).toList();
    return named.size() == 1
        ? Optional.ofNullable(named.get(0).origins.get(input))
        : Optional.empty();
  }

  /** As {@code t(a, b)} does. */
  Relation renamed(List<String> names) {
    List<Out> renamed = new ArrayList<>(columns);
    for (int i = 0; i < Math.min(names.size(), columns.size()); i++) {
      renamed.set(i, columns.get(i).named(names.get(i)));
    }
    return new Relation(inputs, renamed, exact);
  }

  /** Seen from outside: of inexact columns nothing is certain. */
  Relation settled() {
    return exact ? this : uncertain();
  }

  /** Of whose columns nothing is known. */
  Relation uncertain() {
    return new Relation(inputs, List.of(), false);
  }

  /** Rows of both. */
  Relation union(Relation other, boolean byName) {
    Set<TableName> all = new TreeSet<>(inputs);
    all.addAll(other.inputs);
    boolean sameShape = exact && other.exact && (byName || columns.size() == other.columns.size());
    if (!sameShape) {
      return new Relation(all, List.of(), false);
    }
    List<Out> outs = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Out mine = columns.get(i);
      Optional<Out> theirs = byName ? other.find(mine.name) : Optional.of(other.columns.get(i));
      outs.add(new Out(mine.name, merge(mine.origins, other, theirs)));
    }
    if (byName) {
      other.columns.stream()
          .filter(out -> find(out.name).isEmpty())
          .forEach(out -> outs.add(new Out(out.name, without(out.origins, inputs))));
    }
    return new Relation(all, outs, true);
  }

  /** An origin holds if no rows of the same table come the other way with another one. */
  private Map<TableName, InputPart> merge(
      Map<TableName, InputPart> mine, Relation other, Optional<Out> theirs) {
    Map<TableName, InputPart> there = theirs.map(Out::origins).orElse(Map.of());
    Map<TableName, InputPart> merged = without(mine, other.inputs);
    merged.putAll(without(there, inputs));
    mine.forEach(
        (table, part) -> {
          if (Optional.ofNullable(there.get(table)).filter(part::equals).isPresent()) {
            merged.put(table, part);
          }
        });
    return merged;
  }

  private static Map<TableName, InputPart> without(
      Map<TableName, InputPart> origins, Set<TableName> tables) {
    Map<TableName, InputPart> rest = new HashMap<>(origins);
    rest.keySet().removeAll(tables);
    return rest;
  }

  private Optional<Out> find(String name) {
    return columns.stream().filter(out -> out.name.equalsIgnoreCase(name)).findFirst();
  }
}
