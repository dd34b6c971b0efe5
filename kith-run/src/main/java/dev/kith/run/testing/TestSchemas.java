package dev.kith.run.testing;

import dev.kith.model.Diagnostic;
import dev.kith.model.KithException;
import dev.kith.model.TableName;
import dev.kith.model.definition.Project;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.SourceDefinition.Origin;
import dev.kith.model.definition.TestDefinition;
import dev.kith.model.definition.TestDefinition.Given;
import dev.kith.model.definition.TestRows;
import dev.kith.model.definition.TestRows.Value;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.TableSchema;
import dev.kith.run.graph.SourceRelations;
import dev.kith.sources.SourceSchemas;
import dev.kith.sources.value.ColumnSample;
import dev.kith.sources.value.TimeReading;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The columns of sources as far as they show in the project's folder: pinned in its warehouse, seen
 * at the start of a file, declared, or else as the rows that tests give have them. No database is
 * asked.
 */
public final class TestSchemas {

  private final Project project;
  private final Function<SourceDefinition, TableSchema> look;
  private final Function<SourceDefinition, Optional<TableSchema>> pinned;
  private final Map<TableName, Diagnostic> unknown = new LinkedHashMap<>();

  /**
   * @param pinned gives what the warehouse has
   * @param look looks into a file
   */
  public TestSchemas(
      Project project,
      Function<SourceDefinition, Optional<TableSchema>> pinned,
      Function<SourceDefinition, TableSchema> look) {
    this.project = project;
    this.pinned = pinned;
    this.look = look;
  }

  /** The columns of each source of which they are known. */
  public Map<TableName, TableSchema> sources() {
    Map<TableName, TableSchema> columns = new LinkedHashMap<>();
    for (SourceDefinition source : project.sources()) {
      columns(source).ifPresent(schema -> columns.put(source.name(), schema));
    }
    return columns;
  }

  /** Why the columns of other sources are not known. */
  public Map<TableName, Diagnostic> unknown() {
    return unknown;
  }

  private Optional<TableSchema> columns(SourceDefinition source) {
    Optional<TableSchema> known = pinned.apply(source);
    String reason = "its rows are in a database";
    if (known.isEmpty() && source.from() instanceof Origin.Files) {
      try {
        return Optional.of(look.apply(source));
      } catch (KithException e) {
        reason = String.valueOf(e.getMessage()); // as in a fresh checkout, which has no data
      }
    }
    if (known.isPresent()) {
      return known;
    }
    TableSchema declared = SourceSchemas.declared(source);
    boolean complete =
        !source.columns().isEmpty() && source.columns().keySet().stream().allMatch(declared::has);
    if (complete) {
      return Optional.of(declared);
    }
    List<TestRows.Row> rows = given(source);
    if (!rows.isEmpty()) {
      return Optional.of(with(declared, rows));
    }
    unknown.put(
        source.name(),
        Diagnostic.error(
            TestCode.COLUMNS_UNKNOWN,
            source.span(),
            "the columns of '" + source.name() + "' are not known here: " + reason,
            "declare all 'columns:' with their types, or give the test rows of it"));
    return Optional.empty();
  }

  /** The rows in YAML that tests give of a source. */
  private List<TestRows.Row> given(SourceDefinition source) {
    List<TestRows.Row> rows = new ArrayList<>();
    for (TestDefinition test : project.tests()) {
      for (Given given : test.given()) {
        TableName name = given.relation().value();
        boolean own = name.equals(source.name()) || name.equals(SourceRelations.history(source));
        if (own && given.rows() instanceof TestRows.Inline inline) {
          rows.addAll(inline.rows());
        }
      }
    }
    return rows;
  }

  private static TableSchema with(TableSchema declared, List<TestRows.Row> rows) {
    TimeReading iso = new TimeReading(ZoneOffset.UTC, Optional.empty());
    Map<String, String> names = new LinkedHashMap<>();
    Map<String, ColumnSample> samples = new LinkedHashMap<>();
    for (TestRows.Row row : rows) {
      for (TestRows.Field field : row.fields()) {
        String folded = field.name().value().toLowerCase(Locale.ROOT);
        names.putIfAbsent(folded, field.name().value());
        ColumnSample sample =
            samples.computeIfAbsent(folded, name -> new ColumnSample(true, iso, iso));
        if (field.value() instanceof Value.Scalar scalar) {
          sample.add(scalar.text());
        }
      }
    }
    List<Column> columns = new ArrayList<>(declared.columns());
    samples.forEach(
        (folded, sample) -> {
          boolean added = SourceSchemas.history(declared).has(folded);
          if (!added) {
            DataType type = sample.type().orElse(DataType.Primitive.TEXT);
            columns.add(new Column(names.getOrDefault(folded, folded), type));
          }
        });
    return new TableSchema(columns);
  }
}
