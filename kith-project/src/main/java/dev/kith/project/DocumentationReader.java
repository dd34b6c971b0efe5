package dev.kith.project;

import dev.kith.model.Located;
import dev.kith.model.definition.Documentation;
import dev.kith.model.definition.Documentation.ColumnDocumentation;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads what people should know of a definition. */
final class DocumentationReader {

  static final ColumnDocumentation NO_COLUMN =
      new ColumnDocumentation(java.util.Optional.empty(), false, java.util.List.of());

  private DocumentationReader() {}

  /** Of a definition, and of its columns that have settings. */
  static Documentation read(Part part) {
    Map<String, ColumnDocumentation> columns = new LinkedHashMap<>();
    part.entries("columns").forEach((name, column) -> columns.put(name.value(), column(column)));
    columns.values().removeIf(NO_COLUMN::equals);
    return new Documentation(
        part.string("description"),
        part.string("owner"),
        part.texts("tags").stream().map(Located::value).toList(),
        columns);
  }

  /** Of a column, if the part has settings at all. */
  static ColumnDocumentation column(Part part) {
    return part.isKeyed()
        ? new ColumnDocumentation(
            part.string("description"),
            part.flag("pii"),
            part.texts("tags").stream().map(Located::value).toList())
        : NO_COLUMN;
  }
}
