package dev.kith.model.definition;

import dev.kith.model.Located;
import dev.kith.model.definition.SourceDefinition.ColumnDeclaration;
import dev.kith.model.definition.SourceDefinition.FileOptions;
import dev.kith.model.definition.SourceDefinition.Origin;
import dev.kith.model.definition.SourceDefinition.Relation;
import dev.kith.model.type.DataType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The canonical form of a source. */
final class CanonicalSource {

  private CanonicalSource() {}

  static CanonicalDefinition of(SourceDefinition source) {
    CanonicalText layout =
        new CanonicalText()
            .put("kind", source.kind().name())
            .putColumns("key", CanonicalDefinition.values(source.key()))
            .putColumns("at", CanonicalDefinition.values(source.at().stream().toList()));
    CanonicalText rows =
        new CanonicalText()
            .putColumns("id", CanonicalDefinition.values(source.id()))
            .putColumns(
                "changed_at", CanonicalDefinition.values(source.changedAt().stream().toList()))
            .put("dedupe", source.dedupe().name())
            .put("timezone", source.timezone().getId())
            .put("on_type_change", source.onTypeChange().name());
    if (source.from() instanceof Origin.Files files) {
      files(files, rows);
    } else if (source.from() instanceof Origin.Database database) {
      database(database, rows);
    }
    rows.put("require", CanonicalChecks.ofRequirements(source.require()));
    Map<String, String> columns = new TreeMap<>();
    source
        .columns()
        .forEach((name, column) -> columns.put(CanonicalText.column(name), column(column)));
    columns.values().removeIf(String::isEmpty);
    return new CanonicalDefinition(layout.toString(), rows.toString(), columns, "");
  }

  private static void files(Origin.Files files, CanonicalText rows) {
    FileOptions options = files.options();
    rows.put("files", CanonicalDefinition.values(files.paths()))
        .put("format", files.format().map(Enum::name))
        .put("delimiter", options.delimiter())
        .put("quote", options.quote())
        .put("header", options.header().map(String::valueOf))
        .put("encoding", options.encoding())
        .put("null_strings", options.nullStrings().map(CanonicalSource::set))
        .put("date_format", options.dateFormat())
        .put("timestamp_format", options.timestampFormat())
        .put("on_removed_file", files.onRemovedFile().name());
  }

  private static String set(List<String> values) {
    return new CanonicalText().put("set", values.stream().sorted().toList()).toString();
  }

  private static void database(Origin.Database database, CanonicalText rows) {
    rows.put("connection", database.connection().value());
    if (database.relation() instanceof Relation.Table table) {
      rows.put("table", table.name().value());
    } else if (database.relation() instanceof Relation.Query query) {
      rows.put("query", query.sql().value());
    }
    rows.put("cursor", database.cursor().map(cursor -> CanonicalText.column(cursor.value())))
        .put("lookback", database.lookback().map(Located::value));
  }

  private static String column(ColumnDeclaration column) {
    return new CanonicalText()
        .put("type", column.type().map(DataType::sql))
        .put("format", column.format())
        .put("renamed_from", column.renamedFrom().map(CanonicalText::column))
        .toString();
  }
}
