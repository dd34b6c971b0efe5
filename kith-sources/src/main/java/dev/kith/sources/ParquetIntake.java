package dev.kith.sources;

import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.model.KithException;
import dev.kith.model.TableName;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.SourceDefinition.FileFormat;
import dev.kith.model.definition.SourceDefinition.Origin;
import dev.kith.model.definition.SourceDefinition.RemovedFile;
import dev.kith.model.type.Column;
import dev.kith.model.type.TableSchema;
import dev.kith.sources.fault.SourceCode;
import dev.kith.sources.file.FilePlan;
import dev.kith.sources.file.FileState;
import dev.kith.sources.file.FileTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Takes the rows of Parquet files without looking at them one by one in Java. */
final class ParquetIntake {

  private static final String FILES = "kith_in_parquet";
  private static final Set<String> PLACE = Set.of("filename", "file_row_number");

  private final SourceDefinition source;
  private final Origin.Files origin;
  private final IngestContext context;
  private final Session session;
  private final KnownColumns known;
  private final List<Column> added = new ArrayList<>();
  private final List<String> selected = new ArrayList<>();
  private final List<String> unfit = new ArrayList<>();

  ParquetIntake(
      SourceDefinition source, Origin.Files origin, IngestContext context, KnownColumns known) {
    this.source = source;
    this.origin = origin;
    this.context = context;
    this.session = context.session();
    this.known = known;
  }

  Intake read(FilePlan plan, SourceCursor cursor) {
    Map<String, FileState> states = new TreeMap<>(plan.kept());
    boolean delete = origin.onRemovedFile() == RemovedFile.DELETE;
    if (!delete) {
      plan.removed().forEach(state -> states.put(state.path(), state));
    }
    plan.tasks().forEach(task -> states.put(task.name(), FilePlan.takenParquet(task)));
    session.bindFiles(FILES, plan.tasks().stream().map(FileTask::path).toList());
    TableSchema present = describe();
    RequiredNames.check(source, known, plan.tasks().get(0).name(), present.names());
    select(present);
    TableSchema columns = known.schema();
    List<String> missing = missing(present, columns);
    session.bindView(
        TableName.of("kith_in_rows"),
        "SELECT %s, filename AS _file, file_row_number AS _line FROM %s"
            .formatted(String.join(", ", ordered(columns)), FILES));
    long rows = count("SELECT count(*) FROM " + FILES);
    context.listener().reading(source.name(), plan.tasks().get(0).name(), rows);
    return new Intake(
        new StagedRows("kith_in_rows", columns, originSql(plan)),
        List.of(FILES),
        new SourceCursor(states, Optional.empty(), cursor.rejectedBatch()),
        added,
        List.of(),
        rows == 0 ? List.of() : missing,
        delete ? plan.removed() : List.of(),
        false,
        unfitSql(),
        Optional.empty(),
        RawTexts.json(),
        rows,
        plan.tasks().size(),
        plan.tasks().stream().mapToLong(FileTask::size).sum());
  }

  /** Learns the columns from what the files say of themselves. */
  void look(FilePlan plan) {
    session.bindFiles(FILES, plan.tasks().stream().map(FileTask::path).toList());
    select(describe());
  }

  private TableSchema describe() {
    return new TableSchema(
        session.describe("SELECT * FROM " + FILES).columns().stream()
            .filter(column -> !isPlace(column.name()))
            .toList());
  }

  /** Whether a column says where a row is, and is none of the file's own. */
  static boolean isPlace(String column) {
    return PLACE.contains(column);
  }

  private void select(TableSchema present) {
    present.columns().forEach(this::select);
    known.arrange(present.names().stream().map(known::tableName).toList());
  }

  private void select(Column column) {
    String name = known.tableName(column.name());
    Column target = known.find(name);
    if (target == null) {
      target = new Column(name, known.stored(name, column.type()));
      known.add(target);
      added.add(target);
    }
    SqlConversion conversion =
        SqlConversion.of(
            column.quotedName(), column.type(), target.type(), source.timezone(), session, FILES);
    selected.add(conversion.sql() + " AS " + target.quotedName());
    Column stored = target;
    conversion
        .unfitSql()
        .ifPresent(condition -> unfit.add(unfitRows(condition, column.quotedName(), stored)));
  }

  private String unfitRows(String condition, String value, Column target) {
    String start = "column '" + target.name() + "': ";
    String end = " is not a " + target.type().sql();
    String reason =
        known.isPersonal(target.name())
            ? Sql.literal(start + "a value" + end)
            : "%s || left(CAST(%s AS VARCHAR), 60) || %s"
                .formatted(Sql.literal(start + "'"), value, Sql.literal("'" + end));
    return "SELECT filename AS _file, file_row_number AS _line, %s AS reason, %s AS column_name FROM %s WHERE %s"
        .formatted(reason, Sql.literal(target.name()), FILES, condition);
  }

  private Optional<String> unfitSql() {
    return unfit.isEmpty() ? Optional.empty() : Optional.of(String.join(" UNION ALL ", unfit));
  }

  /** The table's columns in order, NULL for those that the files lack. */
  private List<String> ordered(TableSchema columns) {
    return columns.columns().stream()
        .map(
            column ->
                selected.stream()
                    .filter(sql -> sql.endsWith(" AS " + column.quotedName()))
                    .findFirst()
                    .orElse("CAST(NULL AS " + column.type().sql() + ") AS " + column.quotedName()))
        .toList();
  }

  private List<String> missing(TableSchema present, TableSchema columns) {
    Set<String> there =
        present.names().stream()
            .map(name -> known.tableName(name).toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return columns.names().stream()
        .filter(name -> !there.contains(name.toLowerCase(Locale.ROOT)))
        .toList();
  }

  /** The file's name in the project and the row's number in it, from 1. */
  private String originSql(FilePlan plan) {
    if (plan.tasks().size() == 1) {
      return Sql.literal(plan.tasks().get(0).name() + "#") + " || (_line + 1)";
    }
    String folder = context.project().toAbsolutePath().normalize() + "/";
    String inside = "substr(_file, %d)".formatted(folder.codePointCount(0, folder.length()) + 1);
    boolean all = plan.tasks().stream().allMatch(task -> task.path().toString().startsWith(folder));
    String name =
        all
            ? inside
            : "CASE WHEN starts_with(_file, %s) THEN %s ELSE _file END"
                .formatted(Sql.literal(folder), inside);
    return name + " || '#' || (_line + 1)";
  }

  private long count(String query) {
    try (Rows rows = session.query(query)) {
      rows.next();
      return rows.value(0) instanceof Number number ? number.longValue() : 0;
    }
  }

  /** Whether all of the files are Parquet; Parquet and text do not go together in one source. */
  static boolean isFor(SourceDefinition source, FilePlan plan) {
    long parquet =
        plan.tasks().stream().filter(task -> task.format() == FileFormat.PARQUET).count();
    if (parquet > 0 && parquet < plan.tasks().size()) {
      throw KithException.project(
          SourceCode.BAD_OPTION,
          source.name().toString(),
          "Cannot read Parquet and text files into one source: '%s'".formatted(source.name()));
    }
    return parquet > 0;
  }
}
