package dev.kith.measures;

import dev.kith.model.TableName;
import dev.kith.model.definition.Window;
import dev.kith.model.type.Column;
import dev.kith.model.type.TableSchema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A profile whose definition holds: its columns with their types, and what each is made from. Made
 * by {@link ProfilePlanner}.
 *
 * @param columns the key, attributes, measures with derived ones after each block, metrics and
 *     {@code transactions}, in this order; an expression uses only columns before it
 */
public record ProfilePlan(TableName name, Existence existence, List<OutputColumn> columns) {

  /** The number of the compiler's semantics: a change of it changes what definitions mean. */
  public static final int SEMANTICS = 2;

  public ProfilePlan {
    columns = List.copyOf(columns);
    if (columns.isEmpty() || !(columns.get(0).origin() instanceof ColumnOrigin.Key)) {
      throw new IllegalArgumentException("Cannot plan a profile without its key: " + name);
    }
  }

  /** Who exists at an instant. */
  public sealed interface Existence {

    /**
     * Whoever has a version that is valid then: that began before, and did not end before.
     *
     * @param key the column that names the person
     * @param validFrom an instant, or a local time or date in the project's zone; NULL: since ever
     * @param validTo likewise; NULL: open
     */
    record ByHistory(TableName relation, String key, Column validFrom, Column validTo)
        implements Existence {}

    /** Whoever has an event before it. */
    record ByEvents(List<EventTable> events) implements Existence {
      public ByEvents {
        events = List.copyOf(events);
      }
    }
  }

  public Column key() {
    return columns.get(0).column();
  }

  public TableSchema schema() {
    return new TableSchema(columns.stream().map(OutputColumn::column).toList());
  }

  /**
   * The same with only these columns beside the key, in the plan's order, and with the columns that
   * they are made of.
   */
  public ProfilePlan selecting(Collection<String> names) {
    Set<String> wanted = new HashSet<>();
    names.forEach(name -> wanted.add(name.toLowerCase(Locale.ROOT)));
    Deque<OutputColumn> kept = new ArrayDeque<>();
    for (int i = columns.size() - 1; i > 0; i--) {
      OutputColumn column = columns.get(i);
      if (wanted.contains(column.name().toLowerCase(Locale.ROOT))) {
        kept.addFirst(column);
        if (column.origin() instanceof ColumnOrigin.OfColumns made) {
          made.columns().values().forEach(name -> wanted.add(name.toLowerCase(Locale.ROOT)));
        }
      }
    }
    kept.addFirst(columns.get(0));
    return new ProfilePlan(name, existence, List.copyOf(kept));
  }

  /** Whether a column is made of a person's events, directly. */
  public static boolean isOfEvents(OutputColumn column) {
    return column.origin() instanceof ColumnOrigin.Measured
        || column.origin() instanceof ColumnOrigin.Transactions;
  }

  /** The relations that the compiled query reads, which have to be bound under these names. */
  public Set<TableName> inputs() {
    Set<TableName> inputs = new LinkedHashSet<>();
    if (existence instanceof Existence.ByHistory history) {
      inputs.add(history.relation());
    }
    eventTables().forEach(table -> inputs.add(table.relation()));
    return Collections.unmodifiableSet(inputs);
  }

  /** The tables of events that count, for whom exists or for what they did. */
  public Set<EventTable> eventTables() {
    Set<EventTable> tables = new LinkedHashSet<>();
    if (existence instanceof Existence.ByEvents events) {
      tables.addAll(events.events());
    }
    for (OutputColumn column : columns) {
      if (column.origin() instanceof ColumnOrigin.Measured measured) {
        tables.add(measured.events());
      } else if (column.origin() instanceof ColumnOrigin.Transactions transactions) {
        tables.add(transactions.events());
      }
    }
    return Collections.unmodifiableSet(tables);
  }

  /** The column of that name, without regard to case. */
  Optional<OutputColumn> column(String column) {
    return columns.stream().filter(one -> one.name().equalsIgnoreCase(column)).findFirst();
  }

  /** The windows with two ends, each once. */
  List<Window.Span> spans() {
    Set<Window.Span> spans = new LinkedHashSet<>();
    for (OutputColumn column : columns) {
      if (column.origin() instanceof ColumnOrigin.Measured measured
          && measured.window() instanceof Window.Span span) {
        spans.add(span);
      }
    }
    return List.copyOf(spans);
  }

  /** The columns that are other ones at another instant, whatever happened or didn't. */
  Set<OutputColumn> madeFromInstant() {
    Set<OutputColumn> found = new LinkedHashSet<>();
    Set<String> names = new LinkedHashSet<>(Set.of(Layers.AS_OF));
    for (OutputColumn column : columns) {
      if (column.origin() instanceof ColumnOrigin.OfColumns made
          && made.columns().values().stream()
              .anyMatch(used -> names.contains(used.toLowerCase(Locale.ROOT)))) {
        found.add(column);
        names.add(column.name().toLowerCase(Locale.ROOT));
      }
    }
    return found;
  }

  /** The parts of the profile's fingerprint: equal ones mean the same rows from the same input. */
  public List<String> canonical() {
    return canonical(columns.stream().map(OutputColumn::name).toList());
  }

  /**
   * As {@link #canonical()}, of some columns and of those that they are made from: equal ones mean
   * the same rows in these columns.
   */
  public List<String> canonical(Collection<String> names) {
    Set<String> needed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    needed.addAll(names);
    for (int i = columns.size() - 1; i >= 0; i--) { // an expression uses columns before it
      OutputColumn column = columns.get(i);
      if (needed.contains(column.name()) && column.origin() instanceof ColumnOrigin.OfColumns of) {
        needed.addAll(of.columns().values());
      }
    }
    List<String> parts = new ArrayList<>();
    parts.add("semantics " + SEMANTICS);
    parts.add(Canonical.of(existence));
    columns.stream()
        .filter(column -> needed.contains(column.name()))
        .forEach(column -> parts.add(column.canonical()));
    return List.copyOf(parts);
  }
}
