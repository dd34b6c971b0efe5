package dev.kith.project;

import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.SourceSpan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must hold between the settings of a source. Works on files with other faults too. */
final class SourceRules {

  private static final Set<String> HIDDEN = Set.of("_ingested_at", "_batch", "_origin");
  private static final Set<String> OF_HISTORY = Set.of("valid_from", "valid_to", "_since_ever");
  private static final List<String> OF_CSV =
      List.of("delimiter", "quote", "header", "null_strings", "date_format", "timestamp_format");

  private final Problems problems;

  SourceRules(Problems problems) {
    this.problems = problems;
  }

  void check(Part source) {
    kind(source);
    for (String key : List.of("key", "id")) {
      columnsOnce(source.texts(key), key);
    }
    source
        .part("from")
        .ifPresent(
            from -> {
              if (OriginReader.isFiles(from)) {
                files(from);
              } else {
                database(source, from);
              }
            });
    columns(source);
  }

  private void kind(Part source) {
    Optional<String> kind = source.string("kind");
    if (kind.isEmpty()) {
      return;
    }
    if (kind.get().equals("entity")) {
      needs(source, "kind", "an entity", "key", "the column that names one");
      for (String key : List.of("id", "dedupe")) {
        belongsTo(source, key, "events", "an entity is told by its 'key'");
      }
    } else {
      needs(source, "kind", "a source of events", "at", "the column that says when it happened");
      belongsTo(source, "key", "entities", "name the columns of an event in 'id'");
      belongsTo(source, "changed_at", "entities", "events do not change");
      if (source.has("dedupe")) {
        needs(source, "dedupe", "'dedupe'", "id", "the columns that tell duplicates");
      }
    }
  }

  private void needs(Part source, String key, String subject, String needed, String what) {
    if (!source.isGiven(needed)) {
      problems.add(
          Diagnostic.error(
              ProjectCode.INCOMPLETE,
              source.spanOfKey(key),
              subject + " needs '" + needed + "'",
              "add '" + needed + ":' with " + what));
    }
  }

  private void belongsTo(Part source, String key, String kind, String help) {
    if (source.has(key)) {
      conflict(source.spanOfKey(key), "'" + key + "' is for " + kind + " only", help);
    }
  }

  private void columnsOnce(List<Located<String>> columns, String key) {
    Set<String> seen = new HashSet<>();
    for (Located<String> column : columns) {
      if (!seen.add(column.value().toLowerCase(Locale.ROOT))) {
        conflict(
            column.span(),
            "'" + column.value() + "' is named twice in '" + key + "'",
            "name it once");
      }
    }
  }

  private void files(Part from) {
    String format = from.string("format").orElse("csv");
    if (format.equals("csv") || format.equals("tsv")) {
      return;
    }
    for (String key : OF_CSV) {
      boolean isForJson = !format.equals("parquet") && key.endsWith("_format");
      if (from.has(key) && !isForJson) {
        conflict(
            from.spanOfKey(key), "'" + key + "' is not for files of format " + format, "remove it");
      }
    }
  }

  private void database(Part source, Part from) {
    if (from.has("table") && from.has("query")) {
      conflict(from.spanOfKey("query"), "both 'table' and 'query' are given", "remove one");
    } else if (!from.isGiven("table") && !from.isGiven("query")) {
      incomplete(from.spanOfKey("connection"), "a database needs 'table' or 'query'", "add one");
    }
    if (!from.has("lookback")) {
      return;
    }
    SourceSpan span = from.spanOfKey("lookback");
    if (!from.isGiven("cursor")) {
      incomplete(span, "'lookback' needs 'cursor'", "name the column that it looks back on");
    }
    if (source.has("kind") && !source.isGiven("id") && !source.isGiven("key")) {
      incomplete(
          span,
          "'lookback' needs '" + (SourceReader.isEntity(source) ? "key" : "id") + "'",
          "without it, rows that are read again would be there twice");
    }
  }

  private void columns(Part source) {
    Map<Located<String>, Part> columns = source.entries("columns");
    Map<String, Located<String>> byName = new HashMap<>();
    for (Located<String> column : columns.keySet()) {
      String name = column.value().toLowerCase(Locale.ROOT);
      Located<String> first = byName.putIfAbsent(name, column);
      if (first != null) {
        problems.add(
            Diagnostic.error(
                ProjectCode.DUPLICATE_KEY,
                column.span(),
                "the column '%s' is declared twice, as '%s' too"
                    .formatted(column.value(), first.value()),
                "names of columns are compared without regard to case"));
      }
      boolean ofHistory = SourceReader.isEntity(source) && OF_HISTORY.contains(name);
      if (HIDDEN.contains(name) || ofHistory) {
        problems.add(
            Diagnostic.error(
                ProjectCode.RESERVED_NAME,
                column.span(),
                "the column '" + column.value() + "' is reserved",
                ofHistory
                    ? "the history of an entity has such a column; rename it in a query"
                    : "Kith adds such a column to every row; rename it in a query"));
      }
    }
    renamed(columns, byName);
  }

  private void renamed(Map<Located<String>, Part> columns, Map<String, Located<String>> byName) {
    Map<String, Located<String>> claimed = new HashMap<>();
    for (Map.Entry<Located<String>, Part> column : columns.entrySet()) {
      Optional<Located<String>> earlier = column.getValue().text("renamed_from");
      if (earlier.isEmpty()) {
        continue;
      }
      Located<String> from = earlier.get();
      String name = from.value().toLowerCase(Locale.ROOT);
      Located<String> declared = byName.get(name);
      Located<String> other = claimed.putIfAbsent(name, column.getKey());
      if (declared != null) {
        rename(
            from,
            declared.equals(column.getKey())
                ? "'" + from.value() + "' cannot be renamed from itself"
                : "'" + from.value() + "' is declared and renamed at once");
      } else if (other != null) {
        rename(
            from,
            "both '%s' and '%s' are renamed from '%s'"
                .formatted(other.value(), column.getKey().value(), from.value()));
      }
    }
  }

  private void rename(Located<String> from, String message) {
    problems.add(
        Diagnostic.error(
            ProjectCode.CONFLICTING_RENAME,
            from.span(),
            message,
            "an earlier name belongs to one column, and to no declared one"));
  }

  private void conflict(SourceSpan span, String message, String help) {
    problems.add(Diagnostic.error(ProjectCode.CONFLICTING_KEYS, span, message, help));
  }

  private void incomplete(SourceSpan span, String message, String help) {
    problems.add(Diagnostic.error(ProjectCode.INCOMPLETE, span, message, help));
  }
}
