package dev.kith.measures;

import dev.kith.model.TableName;
import dev.kith.model.definition.Knowledge;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A copy of the events of one table in the order of people, which answers pairs: so the events of
 * some people lie together, and with each is kept what would else be found anew for each answer.
 *
 * <p>A row that came after the copy was made is marked, and the times before are not kept with it.
 * They hold for another row as long as no marked row has its person and value; so a reader finds
 * them anew for those that have, and keeping the copy costs no look-up of what is there.
 *
 * @param events that are copied, but for those which belong to nobody or have no time
 * @param columns of the table that are copied
 * @param values expressions; with each event is kept when the person's event before was that has
 *     the same value
 */
public record EventCopy(EventTable events, List<String> columns, List<String> values) {

  /** Whether a row came after the copy was made. */
  static final String ADDED = "kith_added";

  private static final int VERSION = 1;
  private static final String BEFORE = "kith_before";
  private static final String VALUE = "kith_value";

  public EventCopy {
    columns = List.copyOf(columns);
    values = List.copyOf(values);
  }

  /** Those that answer for all columns of a profile, one for each table of events. */
  public static List<EventCopy> of(ProfilePlan plan) {
    Map<EventTable, List<String>> values = AsOfCompiler.valuesBefore(plan);
    return EventUse.of(plan).stream()
        .map(
            use ->
                new EventCopy(
                    use.events(),
                    keys(use.columns()).stream().toList(),
                    values.getOrDefault(use.events(), List.of()).stream().sorted().toList()))
        .toList();
  }

  private static Set<String> keys(Collection<String> columns) {
    return columns.stream().map(EventUse::key).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether all that a plan makes of these events can be made of the copy. */
  public boolean covers(ProfilePlan plan) {
    return EventUse.of(plan).stream()
        .filter(use -> use.events().equals(events))
        .allMatch(use -> columns.containsAll(keys(use.columns())));
  }

  /** Whether it keeps all times before that another copy of the same events does. */
  public boolean keepsTimesOf(EventCopy other) {
    return values.containsAll(other.values);
  }

  /** Equal texts mean the same rows of the same events. */
  public List<String> canonical() {
    List<String> parts = new ArrayList<>(List.of("copy " + VERSION, events.toString()));
    parts.addAll(columns);
    parts.add("values");
    parts.addAll(values);
    return List.copyOf(parts);
  }

  /**
   * The columns of the copy.
   *
   * @param table all columns of the table
   */
  public TableSchema schema(TableSchema table) {
    List<Column> all = new ArrayList<>(copied(table));
    for (int i = 0; i < values.size(); i++) {
      all.add(new Column(BEFORE + (i + 1), Primitive.INSTANT));
    }
    all.add(new Column(ADDED, Primitive.BOOLEAN));
    return new TableSchema(all);
  }

  private List<Column> copied(TableSchema table) {
    List<Column> copied = new ArrayList<>();
    columns.forEach(name -> copied.add(table.column(name).orElseThrow()));
    table
        .column(Knowledge.INGESTED_AT)
        .filter(column -> !copied.contains(column))
        .ifPresent(copied::add);
    return copied;
  }

  /** The columns by which a copy is ordered: the person's key, and when an event happened. */
  public List<String> order() {
    return List.of(events.key(), events.at().name());
  }

  /**
   * A query of the rows of a copy that is made of all events.
   *
   * @param rows the name that the events are bound to
   * @param table all columns of the table
   */
  public String made(TableName rows, TableSchema table) {
    List<String> read = names(table);
    read.add(Sql.at(events) + " AS " + Frame.AT);
    List<String> selected = names(table);
    for (int i = 0; i < values.size(); i++) {
      String value = VALUE + (i + 1);
      read.add(values.get(i) + " AS " + value);
      selected.add(
          TimeBefore.of(PersonOfEvent.key(events), Frame.AT, value) + " AS " + BEFORE + (i + 1));
    }
    selected.add("FALSE AS " + ADDED);
    return Sql.select(
        selected, "(" + Sql.select(read, from(rows), somebodys()) + ") AS e", List.of());
  }

  /** As {@link #made}, of events that came after the copy was made. */
  public String added(TableName rows, TableSchema table) {
    List<String> selected = names(table);
    for (int i = 0; i < values.size(); i++) {
      String unknown = Dialect.cast("NULL", Primitive.INSTANT.sql());
      selected.add(unknown + " AS " + BEFORE + (i + 1));
    }
    selected.add("TRUE AS " + ADDED);
    return Sql.select(selected, from(rows), somebodys());
  }

  private List<String> names(TableSchema table) {
    return new ArrayList<>(copied(table).stream().map(Column::quotedName).toList());
  }

  /** Under the name of their table, so that expressions may say it. */
  private String from(TableName rows) {
    return rows.quoted() + " AS " + Dialect.quoted(events.relation().name());
  }

  private List<String> somebodys() {
    return List.of(
        PersonOfEvent.key(events) + " IS NOT NULL", events.at().quotedName() + " IS NOT NULL");
  }

  /** The column with when the event before with the same value was, if it is kept. */
  Optional<String> before(String expression) {
    int index = values.indexOf(expression);
    return index < 0 ? Optional.empty() : Optional.of(BEFORE + (index + 1));
  }
}
