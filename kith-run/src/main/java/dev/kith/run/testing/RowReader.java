package dev.kith.run.testing;

import de.siegmar.fastcsv.reader.CsvParseException;
import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.SourceSpan;
import dev.kith.model.TableName;
import dev.kith.model.definition.TestRows;
import dev.kith.model.definition.TestRows.Field;
import dev.kith.model.definition.TestRows.Value;
import dev.kith.model.type.Column;
import dev.kith.model.type.TableSchema;
import dev.kith.sql.ParsedQuery;
import dev.kith.sql.Schemas;
import dev.kith.sql.SqlAnalyzer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a test for a table: its columns exist, and values have their types. */
final class RowReader {

  private static final Schemas NO_TABLES = Schemas.of(Map.of());

  private final Path folder;
  private final SqlAnalyzer analyzer;
  private final Problems problems;

  /**
   * @param folder the project's, to which paths of files are relative
   */
  RowReader(Path folder, SqlAnalyzer analyzer, Problems problems) {
    this.folder = folder;
    this.analyzer = analyzer;
    this.problems = problems;
  }

  /**
   * The rows; what is wrong with them goes to the problems and is left out.
   *
   * @param schema all columns of the table, hidden ones too
   * @param zone in which local times are read
   */
  TypedRows read(TestRows rows, TableName table, TableSchema schema, ZoneId zone) {
    if (rows instanceof TestRows.Sql sql) {
      return query(sql.query(), table, schema, zone);
    }
    ValueReader values = new ValueReader(zone, problems);
    return new TypedRows.Ready(
        written(rows).stream().map(row -> row(row, table, schema, values)).toList());
  }

  /** As YAML would have them: of CSV, all values are texts. */
  private List<TestRows.Row> written(TestRows rows) {
    if (rows instanceof TestRows.Inline inline) {
      return inline.rows();
    }
    if (rows instanceof TestRows.Csv csv) {
      SourceSpan span = csv.text().span();
      boolean block = span.endLine() > span.line();
      return csv(
          csv.text().value(),
          line ->
              block
                  ? SourceSpan.at(span.file(), (int) (span.line() + line - 1), span.column())
                  : span);
    }
    Located<String> path = ((TestRows.File) rows).path();
    try {
      String text = Files.readString(folder.resolve(path.value()));
      String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
      return csv(withoutMark, line -> SourceSpan.at(path.value(), (int) line, 1));
    } catch (IOException e) {
      unreadable(
          path.span(),
          "the file '%s' cannot be read (%s)".formatted(path.value(), e.getClass().getSimpleName()),
          "its path is relative to the project's folder, its encoding UTF-8");
      return List.of();
    }
  }

  private List<TestRows.Row> csv(String text, Places places) {
    List<CsvText.Line> lines;
    try {
      lines = CsvText.read(text);
    } catch (CsvParseException e) {
      unreadable(places.of(1), "the CSV is not well-formed", String.valueOf(e.getMessage()));
      return List.of();
    }
    if (lines.isEmpty()) {
      unreadable(places.of(1), "the CSV is empty", "its first line names the columns");
      return List.of();
    }
    List<@Nullable String> names = lines.get(0).fields();
    List<TestRows.Row> rows = new ArrayList<>();
    for (CsvText.Line line : lines.subList(1, lines.size())) {
      SourceSpan span = places.of(line.line());
      if (line.fields().size() != names.size()) {
        unreadable(
            span,
            "a line of %d fields below %d columns".formatted(line.fields().size(), names.size()),
            "put a field that holds a comma in double quotes");
        continue;
      }
      List<Field> fields = new ArrayList<>();
      for (int column = 0; column < names.size(); column++) {
        String value = line.fields().get(column);
        fields.add(
            new Field(
                new Located<>(String.valueOf(names.get(column)), places.of(lines.get(0).line())),
                value == null ? new Value.Nothing(span) : new Value.Scalar(value, span)));
      }
      rows.add(new TestRows.Row(fields, span));
    }
    return rows;
  }

  private static TypedRow row(
      TestRows.Row row, TableName table, TableSchema schema, ValueReader values) {
    Map<String, @Nullable Object> typed = new LinkedHashMap<>();
    for (Field field : row.fields()) {
      Optional<Column> column = schema.column(field.name().value());
      if (column.isEmpty()) {
        values.unknown(field.name(), "column", "'" + table + "'", visible(schema));
        continue;
      }
      Object value = values.read(field.value(), column.get());
      if (value != ValueReader.UNFIT) {
        typed.put(column.get().name(), value);
      }
    }
    return new TypedRow(typed);
  }

  private TypedRows query(Located<String> sql, TableName table, TableSchema schema, ZoneId zone) {
    Optional<ParsedQuery> parsed = analyzer.parse(sql, problems);
    Optional<TableSchema> described =
        parsed.flatMap(query -> analyzer.validate(query, NO_TABLES, problems));
    if (described.isEmpty()) {
      return new TypedRows.Ready(List.of());
    }
    List<Column> targets = new ArrayList<>();
    for (Column column : described.get().columns()) {
      schema
          .column(column.name())
          .ifPresentOrElse(
              targets::add,
              () ->
                  new ValueReader(zone, problems)
                      .unknown(
                          new Located<>(column.name(), sql.span()),
                          "column",
                          "'" + table + "'",
                          visible(schema)));
    }
    return targets.size() < described.get().columns().size()
        ? new TypedRows.Ready(List.of())
        : new TypedRows.Query(parsed.orElseThrow().render(Instant.EPOCH), targets, sql.span());
  }

  private static List<String> visible(TableSchema schema) {
    return schema.names().stream().filter(name -> !name.startsWith("_")).toList();
  }

  private void unreadable(SourceSpan span, String message, String help) {
    problems.add(Diagnostic.error(TestCode.ROWS_UNREADABLE, span, message, help));
  }

  /** Where a line of CSV is. */
  private interface Places {
    SourceSpan of(long line);
  }
}
