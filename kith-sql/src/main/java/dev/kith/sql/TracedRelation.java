package dev.kith.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rows of a query or table.
 *
 * @param exact whether the columns are all there are, in order; if not, they are what the columns
 *     that there are come from
 * @param rows what decides which rows there are
 */
record TracedRelation(List<Traced> columns, boolean exact, Derivation rows) {

  static final TracedRelation NOTHING = new TracedRelation(List.of(), true, Derivation.NONE);

  TracedRelation {
    columns = List.copyOf(columns);
  }

  /** What any of its columns may come from. */
  Derivation everything() {
    return Derivation.all(columns.stream().map(Traced::derivation));
  }

  /** The column of a name, if there may be one. */
  Optional<Traced> find(String name) {
    Optional<Traced> called = columns.stream().filter(c -> c.isCalled(name)).findFirst();
    if (called.isPresent()) {
      return called;
    }
    if (!exact) {
      return Optional.of(Traced.untyped(name, everything().as(Influence.TRANSFORMATION)));
    }
    List<Traced> nameless = columns.stream().filter(c -> c.name().isEmpty()).toList();
    return nameless.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Traced.untyped(name, Derivation.all(nameless.stream().map(Traced::derivation))));
  }

  /** As {@code t(a, b)} does. */
  TracedRelation renamed(List<String> names) {
    if (!exact) {
      return this;
    }
    List<Traced> renamed = new ArrayList<>(columns);
    for (int i = 0; i < Math.min(names.size(), columns.size()); i++) {
      renamed.set(i, columns.get(i).named(names.get(i)));
    }
    return new TracedRelation(renamed, true, rows);
  }

  TracedRelation withRows(Derivation more) {
    return new TracedRelation(columns, exact, rows.with(more));
  }

  /** Rows of both, column by column, or by their names. */
  TracedRelation union(TracedRelation other, boolean byName) {
    Derivation both = rows.with(other.rows);
    if (!exact || !other.exact || (!byName && columns.size() != other.columns.size())) {
      List<Traced> all = Stream.concat(columns.stream(), other.columns.stream()).toList();
      return new TracedRelation(all, false, both);
    }
    List<Traced> united = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Traced mine = columns.get(i);
      Optional<Traced> theirs =
          byName ? other.named(mine.name()) : Optional.of(other.columns.get(i));
      united.add(theirs.map(their -> mine.with(their.derivation())).orElse(mine));
    }
    if (byName) {
      other.columns.stream().filter(c -> named(c.name()).isEmpty()).forEach(united::add);
    }
    return new TracedRelation(united, true, both);
  }

  private Optional<Traced> named(String name) {
    return columns.stream().filter(column -> column.isCalled(name)).findFirst();
  }
}
