package dev.kith.sources;

import dev.kith.engine.RowSink;
import dev.kith.engine.Session;
import dev.kith.model.KithException;
import dev.kith.model.Located;
import dev.kith.model.PersonAt;
import dev.kith.model.SourceSpan;
import dev.kith.model.Suggestion;
import dev.kith.model.TableName;
import dev.kith.model.definition.Documentation;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.SourceDefinition.ColumnDeclaration;
import dev.kith.model.definition.SourceDefinition.FileFormat;
import dev.kith.model.definition.SourceDefinition.FileOptions;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import dev.kith.sources.fault.SourceCode;
import dev.kith.sources.file.FilePaths;
import dev.kith.sources.file.OpenFile;
import dev.kith.sources.file.RecordReader;
import dev.kith.sources.file.TextOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Rows that somebody gives with a question, and that are not kept. Some of their columns have to be
 * there and have a type: in text, values are read as that type; a column that has another type
 * already must hold the same values in it, and no text is taken for a number.
 *
 * @param relation that they are bound to in the session, with {@link #NUMBER} as a further column
 * @param columns in the order given
 */
public record GivenRows(String relation, TableSchema columns) {

  /** Numbers the rows in the order given. */
  public static final String NUMBER = "kith_number";

  private static final String ROWS = "kith_in_rows";
  private static final String FILES = "kith_in_parquet";
  private static final String RESULT = "kith_in_result";
  private static final String PEOPLE = "kith_in_people";

  /**
   * The rows of a file: CSV, TSV, JSON or Parquet, compressed or not, as its name ends.
   *
   * @param name of the file in messages
   * @param types of the columns that have to be there
   * @param zone in which local times are read
   */
  public static GivenRows ofFile(
      Session session, Path file, String name, Map<String, DataType> types, ZoneId zone) {
    if (!Files.isRegularFile(file)) {
      throw KithException.usage(SourceCode.FILE_MISSING, name, "Cannot find the file: " + name);
    }
    FileFormat format = FilePaths.format(name, Optional.empty());
    if (format != FileFormat.PARQUET) {
      return ofText(session, file, name, format, types, zone);
    }
    session.bindFiles(FILES, List.of(file));
    List<Column> present =
        session.describe("SELECT * FROM " + FILES).columns().stream()
            .filter(column -> !ParquetIntake.isPlace(column.name()))
            .toList();
    return typed(session, FILES, "file_row_number", present, name, types, zone);
  }

  /** The rows of a query that may be run in the session; the other arguments as for a file. */
  public static GivenRows ofQuery(
      Session session, String sql, String name, Map<String, DataType> types, ZoneId zone) {
    session.materialise(RESULT, "SELECT *, row_number() OVER () AS _line FROM (" + sql + ") AS r");
    List<Column> present =
        session.describe("SELECT * FROM " + RESULT).columns().stream()
            .filter(column -> !column.name().equals(RowLoader.LINE.name()))
            .toList();
    return typed(session, RESULT, RowLoader.LINE.name(), present, name, types, zone);
  }

  /**
   * People at instants.
   *
   * @param key the column of their keys
   * @param at the name of the column of instants
   */
  public static GivenRows ofPeople(Session session, Column key, String at, List<PersonAt> people) {
    TableSchema columns = TableSchema.of(key, new Column(at, Primitive.INSTANT));
    List<Column> numbered = new ArrayList<>(columns.columns());
    numbered.add(new Column(NUMBER, Primitive.BIGINT));
    try (RowSink sink = session.stage(PEOPLE, new TableSchema(numbered))) {
      long number = 0;
      for (PersonAt person : people) {
        sink.add(key(person.key(), key), person.at(), number++);
      }
    }
    session.bindView(TableName.of(ROWS), "SELECT * FROM " + PEOPLE);
    return new GivenRows(ROWS, columns);
  }

  private static Object key(Object value, Column key) {
    boolean isOfType =
        key.type() == Primitive.TEXT
            ? value instanceof String
            : key.type() == Primitive.UUID && value instanceof UUID;
    if (isOfType) {
      return value;
    }
    if (value instanceof Integer || value instanceof Long) {
      long whole = ((Number) value).longValue();
      if (key.type() == Primitive.BIGINT) {
        return whole;
      }
      if (key.type() == Primitive.INTEGER && whole == (int) whole) {
        return (int) whole;
      }
    }
    throw unfit(
        "people",
        "Cannot take a %s as '%s': it is %s"
            .formatted(value.getClass().getSimpleName(), key.name(), key.type().sql()));
  }

  private static GivenRows ofText(
      Session session,
      Path file,
      String name,
      FileFormat format,
      Map<String, DataType> types,
      ZoneId zone) {
    SourceDefinition source = source(name, types, zone);
    KnownColumns known = new KnownColumns(source, Optional.empty());
    TextOptions options =
        TextOptions.of(name, FileOptions.DEFAULT, List.of(), List.copyOf(types.keySet()));
    try (Rejects rejects = new Rejects(session, source);
        RowLoader loader = new RowLoader(session, source, known, rejects);
        OpenFile open = OpenFile.open(file, name, format, options)) {
      load(open.records(), loader, name);
      List<String> names = loader.readNames();
      TableSchema columns =
          new TableSchema(
              known.schema().columns().stream()
                  .filter(column -> names.contains(column.name()))
                  .toList());
      types.keySet().forEach(wanted -> require(wanted, columns.columns(), name));
      session.bindView(
          TableName.of(ROWS),
          "SELECT %s, _line AS %s FROM (%s) AS r"
              .formatted(
                  Sql.names(columns.names()),
                  NUMBER,
                  StagedRows.union(loader.parts(), known.schema())));
      return new GivenRows(ROWS, columns);
    }
  }

  private static void load(RecordReader records, RowLoader loader, String name) {
    loader.begin(records, name + ":");
    try {
      while (records.next()) {
        String fault = records.fault();
        if (fault != null) {
          String place = name + ":" + records.line();
          throw unfit(place, "Cannot read %s: %s".formatted(place, fault));
        }
        loader.add(records.line());
      }
      loader.finish();
    } catch (KithException e) {
      throw e.code() == SourceCode.TYPE_CHANGED
          ? unfit(e.subject(), String.valueOf(e.getMessage()))
          : e;
    }
  }

  /** The file as a source, for which columns that are wanted are declared. */
  private static SourceDefinition source(String name, Map<String, DataType> types, ZoneId zone) {
    SourceSpan span = SourceSpan.startOf(name);
    Map<String, ColumnDeclaration> declared = new LinkedHashMap<>();
    types.forEach(
        (column, type) ->
            declared.put(
                column,
                new ColumnDeclaration(
                    span, Optional.of(type), Optional.empty(), Optional.empty())));
    return new SourceDefinition(
        TableName.of("rows"),
        Documentation.NONE,
        span,
        SourceDefinition.Kind.EVENTS,
        List.of(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        SourceDefinition.Deduplication.TOUCHED,
        new SourceDefinition.Origin.Files(
            List.of(new Located<>(name, span)),
            Optional.empty(),
            FileOptions.DEFAULT,
            SourceDefinition.RemovedFile.IGNORE),
        zone,
        declared,
        List.of(),
        new SourceDefinition.RejectionLimit.Count(0),
        SourceDefinition.TypeChange.ERROR);
  }

  private static GivenRows typed(
      Session session,
      String relation,
      String number,
      List<Column> present,
      String name,
      Map<String, DataType> types,
      ZoneId zone) {
    Map<String, DataType> wanted = new LinkedHashMap<>();
    types.forEach((column, type) -> wanted.put(require(column, present, name).name(), type));
    List<Column> columns = new ArrayList<>();
    List<String> selected = new ArrayList<>();
    for (Column column : present) {
      Column taken = new Column(column.name(), wanted.getOrDefault(column.name(), column.type()));
      if (!isTaken(column.type(), taken.type())) {
        throw unfit(
            name,
            "Cannot take the column '%s' of %s: it is %s, and not %s"
                .formatted(column.name(), name, column.type().sql(), taken.type().sql()));
      }
      SqlConversion conversion =
          SqlConversion.of(
              column.quotedName(), column.type(), taken.type(), zone, session, relation);
      columns.add(taken);
      selected.add(conversion.sql() + " AS " + column.quotedName());
    }
    selected.add(number + " AS " + NUMBER);
    session.bindView(
        TableName.of(ROWS),
        selected.stream().collect(Collectors.joining(", ", "SELECT ", " FROM " + relation)));
    return new GivenRows(ROWS, new TableSchema(columns));
  }

  private static boolean isTaken(DataType from, DataType to) {
    return from.equals(to)
        || (from == Primitive.INTEGER && to == Primitive.BIGINT)
        || (to == Primitive.INSTANT && (from == Primitive.TIMESTAMP || from == Primitive.DATE));
  }

  private static Column require(String wanted, List<Column> columns, String name) {
    List<String> names = columns.stream().map(Column::name).toList();
    return columns.stream()
        .filter(column -> column.name().equalsIgnoreCase(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                KithException.project(
                        SourceCode.ROWS_UNFIT,
                        name,
                        "Cannot find the column '%s' in %s".formatted(wanted, name))
                    .withHelp(
                        Suggestion.didYouMean(wanted, names)
                            .orElse("it has " + String.join(", ", names))));
  }

  private static KithException unfit(String place, String message) {
    return KithException.project(SourceCode.ROWS_UNFIT, place, message)
        .withHelp("mend it where the rows are made: keys are never cast, rows never left out");
  }
}
