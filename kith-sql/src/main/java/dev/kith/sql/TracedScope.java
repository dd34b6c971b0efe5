package dev.kith.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The columns that can be named at some place of a query.
 *
 * @param visible those that need no qualifier, in the order of a star
 * @param rows what decides which rows the tables together give
 * @param outer where a name is looked for that is not found here
 */
record TracedScope(
    List<Binding> bindings, List<Visible> visible, Derivation rows, @Nullable TracedScope outer) {

  /**
   * A table, by the name under which its columns can be addressed.
   *
   * @param qualifier alias, {@code table} or {@code schema.table}; empty for what has no name
   */
  record Binding(String qualifier, TracedRelation relation) {
    boolean isCalled(String name) {
      return qualifier.equalsIgnoreCase(name)
          || qualifier.substring(qualifier.lastIndexOf('.') + 1).equalsIgnoreCase(name);
    }
  }

  /** A column that needs no qualifier, and the table that it is of. */
  record Visible(String qualifier, Traced column) {}

  TracedScope {
    bindings = List.copyOf(bindings);
    visible = List.copyOf(visible);
  }

  /** Of no table. */
  static TracedScope nothing(@Nullable TracedScope outer) {
    return new TracedScope(List.of(), List.of(), Derivation.NONE, outer);
  }

  static TracedScope of(String qualifier, TracedRelation relation, @Nullable TracedScope outer) {
    return new TracedScope(
        List.of(new Binding(qualifier, relation)),
        relation.columns().stream().map(column -> new Visible(qualifier, column)).toList(),
        relation.rows(),
        outer);
  }

  /**
   * With the tables of another scope beside them.
   *
   * @param using columns that both have, and that are one from now on
   * @param merged what becomes of such a column
   */
  TracedScope join(TracedScope right, List<String> using, Merge merged) {
    List<Binding> all = new ArrayList<>(bindings);
    all.addAll(right.bindings);
    UnaryOperator<Visible> merge =
        mine ->
            isOneOf(using, mine)
                ? new Visible(mine.qualifier, merged.of(mine.column, right.named(mine.column)))
                : mine;
    List<Visible> columns = new ArrayList<>(visible.stream().map(merge).toList());
    right.visible.stream().filter(theirs -> !isOneOf(using, theirs)).forEach(columns::add);
    return new TracedScope(all, columns, rows.with(right.rows), outer);
  }

  /** How a column of USING comes from those of both sides. */
  interface Merge {
    Traced of(Traced left, Traced right);
  }

  private static boolean isOneOf(List<String> names, Visible column) {
    return names.stream().anyMatch(column.column::isCalled);
  }

  private Traced named(Traced column) {
    return visible.stream()
        .map(Visible::column)
        .filter(mine -> mine.isCalled(column.name()))
        .findFirst()
        .orElse(column);
  }

  TracedScope withRows(Derivation more) {
    return new TracedScope(bindings, visible, rows.with(more), outer);
  }

  /** The names that both sides have, for NATURAL. */
  List<String> common(TracedScope other) {
    return visible.stream()
        .map(mine -> mine.column.name())
        .filter(name -> other.visible.stream().anyMatch(theirs -> theirs.column.isCalled(name)))
        .toList();
  }

  boolean isExact() {
    return bindings.stream().allMatch(binding -> binding.relation.exact());
  }

  /** What a path of names means here or outside; nothing if that can't be said. */
  Optional<Traced> find(List<String> path) {
    Optional<Traced> here = findHere(path);
    if (outer == null || (here.isPresent() && isExact())) {
      return here;
    }
    Optional<Traced> outside = outer.find(path);
    // Of a table whose columns are not known it can't be said that it lacks the name.
    return here.isEmpty()
        ? outside
        : here.map(mine -> outside.map(other -> mine.with(other.derivation())).orElse(mine));
  }

  /** As DuckDB does: a table's column, a column's field, and then a table's whole row. */
  Optional<Traced> findHere(List<String> path) {
    for (int k = Math.min(2, path.size() - 1); k >= 1; k--) {
      int after = k + 1;
      Optional<Traced> qualified =
          called(String.join(".", path.subList(0, k)), path.get(k))
              .map(column -> column.field(path.subList(after, path.size())));
      if (qualified.isPresent()) {
        return qualified;
      }
    }
    List<Traced> found =
        visible.stream().map(Visible::column).filter(c -> c.isCalled(path.get(0))).toList();
    if (!found.isEmpty()) {
      Derivation all = Derivation.all(found.stream().map(Traced::derivation));
      return Optional.of(
          new Traced(path.get(0), found.get(0).type(), all).field(path.subList(1, path.size())));
    }
    return path.size() == 1
        ? wholeRow(path.get(0)).or(() -> unlisted(path.get(0)))
        : unlisted(path);
  }

  private Optional<Traced> called(String qualifier, String column) {
    return bindings.stream()
        .filter(binding -> binding.isCalled(qualifier))
        .flatMap(binding -> binding.relation.find(column).stream())
        .findFirst();
  }

  private Optional<Traced> wholeRow(String name) {
    return bindings.stream()
        .filter(binding -> binding.isCalled(name))
        .findFirst()
        .map(
            binding ->
                Traced.untyped(name, binding.relation.everything().as(Influence.TRANSFORMATION)));
  }

  private Optional<Traced> unlisted(List<String> path) {
    return unlisted(path.get(0)).map(column -> column.field(path.subList(1, path.size())));
  }

  /** A column of a table of which not all columns are known. */
  private Optional<Traced> unlisted(String name) {
    List<Traced> possible =
        bindings.stream().flatMap(binding -> binding.relation.find(name).stream()).toList();
    return possible.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Traced.untyped(name, Derivation.all(possible.stream().map(Traced::derivation))));
  }

  /** Everything that can be named here or outside. */
  Derivation everything() {
    Derivation here =
        Derivation.all(
            Stream.concat(
                visible.stream().map(each -> each.column.derivation()),
                bindings.stream().map(binding -> binding.relation.everything())));
    return (outer == null ? here : here.with(outer.everything())).as(Influence.TRANSFORMATION);
  }

  /** The columns of a star, of one table or all; nothing if they are not known. */
  Optional<List<Visible>> columns(String qualifier) {
    if (qualifier.isEmpty()) {
      return isExact() ? Optional.of(visible) : Optional.empty();
    }
    return bindings.stream()
        .filter(binding -> binding.isCalled(qualifier) && binding.relation.exact())
        .findFirst()
        .map(
            binding ->
                binding.relation.columns().stream()
                    .map(column -> new Visible(binding.qualifier, column))
                    .toList());
  }
}
