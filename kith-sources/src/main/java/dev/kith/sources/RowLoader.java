package dev.kith.sources;

import dev.kith.engine.RowSink;
import dev.kith.engine.Session;
import dev.kith.model.KithException;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.SourceDefinition.TypeChange;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import dev.kith.sources.fault.SourceCode;
import dev.kith.sources.file.RecordReader;
import dev.kith.sources.value.ColumnSample;
import dev.kith.sources.value.Conversion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the rows of readers into temporary tables of typed columns.
 *
 * <p>While all columns that have values are known, rows stream through. When one comes that is not
 * (always, when a source is first read), rows are held back as a sample until there are enough to
 * infer its type; then a further temporary table with that column is begun. So a column that first
 * appears in the middle costs no second reading, and the memory is bounded by the sample.
 */
final class RowLoader implements AutoCloseable {

  static final Column FILE = new Column("_file", Primitive.INTEGER);
  static final Column LINE = new Column("_line", Primitive.BIGINT);

  static final String TYPE_HELP =
      "Declare a wider type below 'columns:', or divert such rows with 'on_type_change: reject'";

  private static final int SAMPLE_ROWS = 20_000;
  private static final long SAMPLE_CELLS = 2_000_000;
  private static final int MOST_COLUMNS = 2_000;
  private static final int SHOWN_CHARACTERS = 60;

  /** A temporary table that was filled. */
  record Part(String table, List<Column> columns) {}

  /** A row that is held back. */
  private record Held(List<@Nullable Object> cells, int file, long line, String raw) {}

  /** A column that is known or was met. */
  private static final class Met {
    final String name;
    @Nullable DataType type;
    @Nullable Conversion conversion;
    @Nullable ColumnSample sample;

    Met(String name) {
      this.name = name;
    }
  }

  private final Session session;
  private final SourceDefinition source;
  private final KnownColumns known;
  private final Rejects rejects;
  private final List<String> origins = new ArrayList<>();
  private final List<Met> met = new ArrayList<>();
  private final Map<String, Integer> positions = new HashMap<>();
  private final List<Held> held = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private final Set<String> readNames = new LinkedHashSet<>();
  private final List<Column> added = new ArrayList<>();
  private final List<String> withoutValues = new ArrayList<>();
  private boolean sampling;
  private long heldCells;
  private @Nullable RowSink sink;
  private int[] slots = {};
  private @Nullable Object[] row = {};

  // Of the reader at hand.
  private @Nullable RecordReader reader;
  private int mapped;
  private int[] targets = {};
  private boolean untyped;
  private boolean exact;

  RowLoader(Session session, SourceDefinition source, KnownColumns known, Rejects rejects) {
    this.session = session;
    this.source = source;
    this.known = known;
    this.rejects = rejects;
    List.copyOf(known.all()).forEach(column -> position(column.name()));
  }

  /**
   * Begins a reader; its rows follow by {@link #add}.
   *
   * @param origin what a row's number is appended to, to say where it came from
   */
  void begin(RecordReader next, String origin) {
    reader = next;
    origins.add(origin);
    mapped = 0;
    untyped = next.untyped();
    exact = next.exact();
    targets = new int[0];
    mapNames(next.names());
  }

  /** Takes the reader's current row. */
  void add(long line) {
    RecordReader from = current();
    if (from.names().size() > mapped) {
      mapNames(from.names());
    }
    @Nullable Object[] cells = from.cells();
    if (!sampling && hasUnknown(cells)) {
      sampling = true;
      closePart();
    }
    if (sampling) {
      hold(cells, line, from.raw());
      return;
    }
    if (sink == null) {
      openPart();
    }
    int file = origins.size() - 1;
    Arrays.fill(row, null);
    for (int i = 0; i < mapped; i++) {
      Object cell = cells[i];
      if (cell != null) {
        int target = targets[i];
        int slot = slots[target];
        Object value = convert(met.get(target), cell);
        if (value == Conversion.UNFIT) {
          reject(met.get(target), cell, origin(file, line), from.raw());
          return;
        }
        row[slot] = value;
      }
    }
    put(file, line);
  }

  private void put(int file, long line) {
    row[row.length - 2] = file;
    row[row.length - 1] = line;
    if (sink != null) {
      sink.add(row);
    }
  }

  private void mapNames(List<String> names) {
    targets = Arrays.copyOf(targets, names.size());
    for (; mapped < names.size(); mapped++) {
      targets[mapped] = position(known.tableName(names.get(mapped)));
      Met column = met.get(targets[mapped]);
      readNames.add(column.name);
      if (column.sample != null) {
        current()
            .type(mapped)
            .ifPresent(
                type -> {
                  learn(column, type);
                  closePart(); // it has no place for the column
                });
      }
    }
    if (met.size() > MOST_COLUMNS) {
      throw KithException.project(
              SourceCode.FILE_UNREADABLE,
              source.name().toString(),
              "Cannot read '%s': more than %d columns".formatted(source.name(), MOST_COLUMNS))
          .withHelp("Names that are data belong into a nested object, which is one column");
    }
  }

  private int position(String name) {
    return positions.computeIfAbsent(
        name.toLowerCase(Locale.ROOT),
        key -> {
          Met column = new Met(name);
          Column pinned = known.find(name);
          if (pinned != null) {
            fix(column, pinned.type());
          } else {
            column.sample =
                new ColumnSample(
                    untyped,
                    known.times(name, Primitive.DATE),
                    known.times(name, Primitive.TIMESTAMP));
          }
          met.add(column);
          return met.size() - 1;
        });
  }

  private void fix(Met column, DataType type) {
    column.type = type;
    Primitive kind = type == Primitive.DATE ? Primitive.DATE : Primitive.TIMESTAMP;
    column.conversion = Conversion.to(type, known.times(column.name, kind));
    column.sample = null;
  }

  private boolean hasUnknown(@Nullable Object[] cells) {
    for (int i = 0; i < mapped; i++) {
      if (cells[i] != null && met.get(targets[i]).type == null) {
        return true;
      }
    }
    return false;
  }

  private String origin(int file, long line) {
    return origins.get(file) + line;
  }

  private void hold(@Nullable Object[] cells, long line, String raw) {
    @Nullable Object[] copy = new @Nullable Object[met.size()];
    for (int i = 0; i < mapped; i++) {
      Object cell = cells[i];
      if (cell != null) {
        copy[targets[i]] = cell;
        ColumnSample sample = met.get(targets[i]).sample;
        if (sample != null) {
          sample.add(cell);
        }
      }
    }
    held.add(new Held(Arrays.asList(copy), origins.size() - 1, line, raw));
    heldCells += copy.length;
    if (held.size() >= SAMPLE_ROWS || heldCells >= SAMPLE_CELLS) {
      release();
    }
  }

  /** Infers the types of the columns that the sample has values of, and lets its rows through. */
  private void release() {
    for (Met column : met) {
      ColumnSample sample = column.sample;
      if (sample != null) {
        (exact ? sample.exactType() : sample.type()).ifPresent(type -> learn(column, type));
      }
    }
    sampling = false;
    openPart();
    for (Held each : held) {
      releaseOne(each);
    }
    held.clear();
    heldCells = 0;
  }

  private void learn(Met column, DataType type) {
    Column learnt = new Column(column.name, known.stored(column.name, type));
    known.add(learnt);
    added.add(learnt);
    fix(column, learnt.type());
  }

  private void releaseOne(Held each) {
    Arrays.fill(row, null);
    for (int target = 0; target < each.cells().size(); target++) {
      Object cell = each.cells().get(target);
      if (cell != null) {
        Object value = convert(met.get(target), cell);
        if (value == Conversion.UNFIT) {
          reject(met.get(target), cell, origin(each.file(), each.line()), each.raw());
          return;
        }
        row[slots[target]] = value;
      }
    }
    put(each.file(), each.line());
  }

  private static Object convert(Met column, Object cell) {
    Conversion conversion = column.conversion;
    if (conversion == null) {
      throw new IllegalStateException("A column without a type was let through: " + column.name);
    }
    return conversion.apply(cell);
  }

  private void reject(Met column, Object cell, String origin, String raw) {
    DataType type = column.type;
    String text = cell.toString();
    String shown =
        text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + "..." : text;
    String value = known.isPersonal(column.name) ? "a value" : "'" + shown + "'";
    String reason =
        "column '%s': %s is not a %s"
            .formatted(column.name, value, type == null ? "value" : type.sql());
    if (source.onTypeChange() == TypeChange.ERROR) {
      throw KithException.project(
              SourceCode.TYPE_CHANGED, origin, "Cannot read %s: %s".formatted(origin, reason))
          .withHelp(TYPE_HELP);
    }
    rejects.add(origin, reason, column.name, raw);
  }

  private void openPart() {
    closePart();
    List<Column> columns = new ArrayList<>();
    slots = new int[met.size()];
    for (int i = 0; i < met.size(); i++) {
      DataType type = met.get(i).type;
      slots[i] = type == null ? -1 : columns.size();
      if (type != null) {
        columns.add(new Column(met.get(i).name, type));
      }
    }
    row = new @Nullable Object[columns.size() + 2];
    String table = "kith_in_part_" + parts.size();
    parts.add(new Part(table, List.copyOf(columns)));
    List<Column> staged = new ArrayList<>(columns);
    staged.add(FILE);
    staged.add(LINE);
    sink = session.stage(table, new TableSchema(staged));
  }

  private void closePart() {
    if (sink != null) {
      sink.close();
      sink = null;
    }
  }

  /** Ends the loading: columns that never had a value become text, and all have their order. */
  void finish() {
    for (Met column : met) {
      ColumnSample sample = column.sample;
      if (sample != null && sample.type().isEmpty()) {
        withoutValues.add(column.name);
        learn(column, Primitive.TEXT);
      }
    }
    if (sampling) {
      release();
    }
    closePart();
    known.arrange(readNames);
  }

  /** What a row's number is appended to, by the number of its reader. */
  List<String> origins() {
    return List.copyOf(origins);
  }

  List<Part> parts() {
    return List.copyOf(parts);
  }

  /** Columns whose type was inferred here, in order. */
  List<Column> added() {
    return List.copyOf(added);
  }

  /** Columns that had no value and were taken as text. */
  List<String> withoutValues() {
    return List.copyOf(withoutValues);
  }

  /** Names of all columns that the readers had, in the order of first appearance. */
  List<String> readNames() {
    return List.copyOf(readNames);
  }

  private RecordReader current() {
    if (reader == null) {
      throw new IllegalStateException("No reader was begun");
    }
    return reader;
  }

  @Override
  public void close() {
    closePart();
  }
}
