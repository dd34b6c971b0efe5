package dev.kith.cli.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.kith.model.TableColumn;
import dev.kith.model.TableName;
import dev.kith.run.lineage.LineageGraph;
import dev.kith.run.lineage.LineageQuestion;
import dev.kith.run.lineage.Link;
import dev.kith.run.lineage.TableLineage;
import dev.kith.sql.Derivation;
import dev.kith.sql.Influence;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Lineage for programs: the columns within reach, and the links between them. */
public final class LineageJson {

  private final LineageGraph graph;
  private final LineageQuestion question;
  private final JsonGenerator json;

  private LineageJson(LineageGraph graph, LineageQuestion question, JsonGenerator json) {
    this.graph = graph;
    this.question = question;
    this.json = json;
  }

  /** Writes one object. */
  public static void print(LineageGraph graph, LineageQuestion question, PrintWriter out)
      throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.useDefaultPrettyPrinter();
      new LineageJson(graph, question, json).write();
    }
    out.println();
  }

  private void write() throws IOException {
    List<Link> links = question.links(graph);
    Set<TableColumn> columns = new LinkedHashSet<>(question.start(graph));
    for (Link link : links) {
      columns.add(link.origin());
      columns.add(link.dependent());
    }
    json.writeStartObject();
    json.writeStringField("table", question.table().toString());
    if (question.column().isPresent()) {
      json.writeStringField("column", question.column().get());
    }
    json.writeStringField("direction", lower(question.direction()));
    json.writeArrayFieldStart("tables");
    Set<TableName> tables = new LinkedHashSet<>();
    columns.forEach(column -> tables.add(column.table()));
    for (TableName name : tables) {
      if (graph.table(name).isPresent()) {
        table(graph.table(name).get());
      }
    }
    json.writeEndArray();
    json.writeArrayFieldStart("columns");
    for (TableColumn column : columns) {
      column(column);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("links");
    for (Link link : links) {
      link(link);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void table(TableLineage table) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", table.name().toString());
    json.writeStringField("kind", lower(table.kind()));
    if (!table.reads().isEmpty()) {
      json.writeStringField("reads", table.reads());
    }
    json.writeArrayFieldStart("inputs");
    for (TableName input : table.inputs()) {
      json.writeString(input.toString());
    }
    json.writeEndArray();
    json.writeArrayFieldStart("unclear");
    for (var reason : table.unclear()) {
      json.writeString(reason.span() + ": " + reason.value());
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void column(TableColumn column) throws IOException {
    json.writeStartObject();
    json.writeStringField("table", column.table().toString());
    json.writeStringField("column", column.column());
    if (graph.column(column).isPresent()) {
      json.writeStringField("type", graph.column(column).get().type().sql());
    }
    List<Derivation.Step> steps = new ArrayList<>();
    graph
        .table(column.table())
        .flatMap(table -> table.derivation(column.column()))
        .ifPresent(derivation -> steps.addAll(derivation.steps()));
    json.writeArrayFieldStart("expressions");
    for (Derivation.Step step : steps) {
      json.writeStartObject();
      json.writeStringField("name", step.column());
      json.writeStringField("sql", step.expression());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void link(Link link) throws IOException {
    json.writeStartObject();
    json.writeStringField("from", link.origin().toString());
    json.writeStringField("to", link.dependent().toString());
    json.writeArrayFieldStart("influences");
    for (Influence influence : link.influences()) {
      json.writeString(lower(influence));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
