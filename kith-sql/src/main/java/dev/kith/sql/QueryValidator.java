package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.model.type.TableSchema;
import dev.kith.sql.Description.Output;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks DuckDB what a query gives, over empty tables with the schemas of the real ones. */
final class QueryValidator {

  private static final String DESCRIBE = "DESCRIBE ";
  static final String ANY_INSTANT = SqlText.literal(Instant.parse("2001-01-01T00:00:00Z"));

  private final DuckDb engine;
  private final Answers answers;

  QueryValidator(DuckDb engine, Answers answers) {
    this.engine = engine;
    this.answers = answers;
  }

  /** The columns and types, or nothing and at least one more problem. */
  Optional<List<Output>> describe(ParsedQuery query, Schemas schemas, Problems problems) {
    List<String> columns = new ArrayList<>();
    boolean complete = true;
    for (Located<TableName> reference : query.references()) {
      Optional<TableSchema> schema = schemas.schema(reference.value());
      if (schema.isPresent()) {
        TableSchema seen = visible(schema.get(), query.namedHiddenColumns());
        engine.define(reference.value().quoted(), seen);
        columns.addAll(seen.names());
      } else {
        problems.add(unknown(reference, schemas));
        complete = false;
      }
    }
    if (!complete) {
      return Optional.empty();
    }
    Rendering rendering = query.text().render(DESCRIBE, ANY_INSTANT);
    Description description = engine.describe(rendering.sql());
    if (description instanceof Description.Columns found) {
      return Optional.of(found.outputs());
    }
    EngineFault fault = ((Description.Refused) description).fault();
    Places places = new Places(query.text(), rendering);
    problems.add(new FaultReport(query.text(), places, columns).diagnostic(fault));
    return Optional.empty();
  }

  /** As {@link #describe}, and fit to be a table. */
  Optional<TableSchema> schema(ParsedQuery query, Schemas schemas, Problems problems) {
    Optional<List<Output>> outputs = describe(query, schemas, problems);
    if (outputs.isEmpty()) {
      return Optional.empty();
    }
    String key = answers.key("fit", query.text().text(), outputs.get().toString());
    if (answers.find(key).isPresent()) {
      return Optional.of(new TableSchema(OutputColumns.known(outputs.get())));
    }
    Problems found = new Problems();
    List<Column> columns = new OutputColumns(query, found).columns(outputs.get());
    problems.addAll(found.all());
    if (found.isEmpty()) {
      answers.put(key, "yes");
    }
    return found.hasErrors() ? Optional.empty() : Optional.of(new TableSchema(columns));
  }

  /** A statement sees hidden columns only if it names them. */
  static TableSchema visible(TableSchema schema, Set<String> named) {
    return new TableSchema(
        schema.columns().stream()
            .filter(
                column ->
                    !HiddenColumns.isHidden(column.name())
                        || named.stream().anyMatch(column.name()::equalsIgnoreCase))
            .toList());
  }

  private static Diagnostic unknown(Located<TableName> reference, Schemas schemas) {
    String name = reference.value().toString();
    Set<String> names =
        schemas.names().stream().map(TableName::toString).collect(Collectors.toSet());
    Diagnostic diagnostic =
        Diagnostic.error(
            SqlCode.UNKNOWN_TABLE,
            reference.span(),
            "there is no source, table or profile '" + name + "'");
    String ending = "." + name;
    return names.stream()
        .filter(other -> other.endsWith(ending)) // the folder was left out
        .min(Comparator.naturalOrder())
        .map(other -> "did you mean '" + other + "'?")
        .or(() -> Suggestions.help(name, names))
        .map(diagnostic::withHelp)
        .orElse(diagnostic);
  }

  /** The node whose select list names the output: of a set operation, its first query. */
  static JsonNode namingNode(JsonNode queryNode) {
    JsonNode node = queryNode;
    while (Tree.type(node).equals("SET_OPERATION_NODE")) {
      node = node.path("children").path(0);
    }
    return node;
  }
}
