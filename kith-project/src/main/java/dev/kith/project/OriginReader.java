package dev.kith.project;

import dev.kith.model.Located;
import dev.kith.model.definition.SourceDefinition.FileFormat;
import dev.kith.model.definition.SourceDefinition.FileOptions;
import dev.kith.model.definition.SourceDefinition.Origin;
import dev.kith.model.definition.SourceDefinition.Relation;
import dev.kith.model.definition.SourceDefinition.RemovedFile;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code from:} of a source. */
final class OriginReader {

  private OriginReader() {}

  /** Nothing if a part that it cannot do without is missing. */
  static Optional<Origin> read(Part from) {
    return isFiles(from) ? files(from) : database(from);
  }

  static boolean isFiles(Part from) {
    return from.title().equals(SourceKeys.FILES.title());
  }

  private static Optional<Origin> files(Part from) {
    if (!from.has("files")) {
      return Optional.empty();
    }
    Optional<List<String>> nullStrings =
        from.has("null_strings")
            ? Optional.of(from.texts("null_strings").stream().map(Located::value).toList())
            : Optional.empty();
    FileOptions options =
        new FileOptions(
            from.string("delimiter").map(OriginReader::character),
            from.string("quote"),
            from.has("header") ? Optional.of(from.flag("header")) : Optional.empty(),
            from.string("encoding"),
            nullStrings,
            from.string("date_format"),
            from.string("timestamp_format"));
    return Optional.of(
        new Origin.Files(
            from.texts("files"),
            from.string("format").map(text -> FileFormat.valueOf(text.toUpperCase(Locale.ROOT))),
            options,
            from.string("on_removed_file").filter("delete"::equals).isPresent()
                ? RemovedFile.DELETE
                : RemovedFile.IGNORE));
  }

  /** A tab is often written without quotes, where YAML knows no escapes. */
  private static String character(String text) {
    return text.equals("\\t") ? "\t" : text;
  }

  private static Optional<Origin> database(Part from) {
    Optional<Relation> table = from.text("table").map(Relation.Table::new);
    Optional<Relation> relation = table.or(() -> from.text("query").map(Relation.Query::new));
    Optional<Located<String>> connection = from.text("connection");
    if (relation.isEmpty() || connection.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Origin.Database(
            connection.get(), relation.get(), from.text("cursor"), from.text("lookback")));
  }
}
