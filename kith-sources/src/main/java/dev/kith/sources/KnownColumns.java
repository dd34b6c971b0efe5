package dev.kith.sources;

import dev.kith.model.KithException;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.SourceDefinition.ColumnDeclaration;
import dev.kith.model.definition.SourceDefinition.FileOptions;
import dev.kith.model.definition.SourceDefinition.Origin;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import dev.kith.sources.fault.SourceCode;
import dev.kith.sources.value.TimeFormat;
import dev.kith.sources.value.TimeReading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a source as far as they are known: pinned by its table or declared. Names are
 * compared without regard to case.
 */
final class KnownColumns {

  private final SourceDefinition source;
  private final FileOptions options;
  private final Map<String, Column> columns = new LinkedHashMap<>();
  private final boolean hasOrder;
  private final List<TimeReading> readings = new ArrayList<>();

  /**
   * @param pinned the table's columns without hidden ones; empty for a new table
   */
  KnownColumns(SourceDefinition source, Optional<TableSchema> pinned) {
    this.source = source;
    this.options =
        source.from() instanceof Origin.Files files ? files.options() : FileOptions.DEFAULT;
    this.hasOrder = pinned.isPresent();
    pinned.ifPresent(schema -> schema.columns().forEach(this::pin));
    source
        .columns()
        .forEach((name, declared) -> declared.type().ifPresent(type -> declare(name, type)));
  }

  private void pin(Column column) {
    String name =
        source.columns().entrySet().stream()
            .filter(
                entry -> column.name().equalsIgnoreCase(entry.getValue().renamedFrom().orElse("")))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(column.name());
    columns.putIfAbsent(fold(name), new Column(name, column.type()));
  }

  private void declare(String name, DataType type) {
    checkName(name);
    columns.putIfAbsent(fold(name), new Column(name, stored(name, type)));
  }

  /** The type that a column is stored in: times that order events and versions are instants. */
  DataType stored(String name, DataType type) {
    boolean time =
        source.at().filter(at -> at.value().equalsIgnoreCase(name)).isPresent()
            || source.changedAt().filter(at -> at.value().equalsIgnoreCase(name)).isPresent();
    boolean convertible =
        type == Primitive.DATE || type == Primitive.TIMESTAMP || type == Primitive.INSTANT;
    if (time && !convertible) {
      throw KithException.project(
              SourceCode.COLUMN_MISSING,
              source.name().toString(),
              "Cannot take column '%s' of '%s' as a time: it is %s"
                  .formatted(name, source.name(), type.sql()))
          .withHelp("If it is a time in another format, say 'format:' for it below 'columns:'");
    }
    return time ? Primitive.INSTANT : type;
  }

  /** Refuses a name of the columns that the ingestion adds. */
  private void checkName(String name) {
    if (SourceState.added(source.kind()).stream()
        .anyMatch(added -> added.name().equalsIgnoreCase(name))) {
      throw KithException.project(
              SourceCode.RESERVED_NAME,
              source.name().toString(),
              "Cannot take a column '%s' of '%s': Kith has one of that name"
                  .formatted(name, source.name()))
          .withHelp("Read a query or files that call it otherwise");
    }
  }

  @Nullable Column find(String name) {
    return columns.get(fold(name));
  }

  /** The name in the table of a column in the input. */
  String tableName(String inputName) {
    Column known = find(inputName);
    if (known != null) {
      return known.name();
    }
    return source.columns().entrySet().stream()
        .filter(entry -> inputName.equalsIgnoreCase(entry.getValue().renamedFrom().orElse("")))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(inputName);
  }

  void add(Column column) {
    checkName(column.name());
    columns.put(fold(column.name()), column);
  }

  /**
   * Puts the columns of a new table into the order that the input has them in; declared ones that
   * it lacks follow. A table that is there keeps its order.
   *
   * @param names in the table
   */
  void arrange(Collection<String> names) {
    if (!hasOrder) {
      Map<String, Column> unordered = new LinkedHashMap<>(columns);
      columns.clear();
      for (String name : names) {
        Column column = unordered.remove(fold(name));
        if (column != null) {
          columns.put(fold(name), column);
        }
      }
      columns.putAll(unordered);
    }
  }

  Collection<Column> all() {
    return columns.values();
  }

  TableSchema schema() {
    return new TableSchema(List.copyOf(columns.values()));
  }

  /** New name to old name, of columns that are declared as renamed. */
  Map<String, String> renames() {
    Map<String, String> renames = new LinkedHashMap<>();
    source
        .columns()
        .forEach(
            (name, declared) -> declared.renamedFrom().ifPresent(old -> renames.put(name, old)));
    return renames;
  }

  /** How times of a column are written. */
  TimeReading times(String name, Primitive kind) {
    ColumnDeclaration declared = declaration(name);
    Optional<String> general =
        kind == Primitive.DATE ? options.dateFormat() : options.timestampFormat();
    Optional<String> format = declared == null ? Optional.empty() : declared.format();
    TimeReading reading =
        new TimeReading(source.timezone(), format.or(() -> general).map(this::format));
    readings.add(reading);
    return reading;
  }

  private TimeFormat format(String text) {
    try {
      return TimeFormat.of(text);
    } catch (IllegalArgumentException e) {
      throw KithException.project(
              SourceCode.BAD_OPTION,
              source.name().toString(),
              "Cannot read dates of '%s': %s".formatted(source.name(), e.getMessage()))
          .withHelp("Formats are as in '%Y-%m-%d %H:%M:%S'");
    }
  }

  private @Nullable ColumnDeclaration declaration(String name) {
    return source.columns().entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  boolean isPersonal(String name) {
    return source.documentation().columns().entrySet().stream()
        .anyMatch(entry -> entry.getKey().equalsIgnoreCase(name) && entry.getValue().pii());
  }

  /** Whether a time so far had digits beyond microseconds, which were cut. */
  boolean cutDigits() {
    return readings.stream().anyMatch(TimeReading::cutDigits);
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
