package dev.kith.run.openlineage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.model.TableName;
import dev.kith.model.definition.Definition;
import dev.kith.model.definition.Documentation;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.TableDefinition;
import dev.kith.run.event.CheckResult;
import dev.kith.run.lineage.LineageGraph;
import dev.kith.run.lineage.TableLineage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes the events of one run, by the specification of OpenLineage 2-0-2. */
final class EventWriter {

  /** Of a number of rows. */
  static final long UNKNOWN = -1;

  private static final String SCHEMA =
      "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";

  private final RunSubject subject;
  private final String producer;
  private final String namespace;
  private final Facets facets;
  private final Map<TableName, Definition> definitions = new TreeMap<>();
  private @Nullable LineageGraph graph;

  EventWriter(RunSubject subject) {
    this.subject = subject;
    this.producer = "urn:kith:" + subject.kith().replaceAll("[^A-Za-z0-9.-]", "-");
    this.namespace = subject.settings().namespace().orElse(subject.project().settings().name());
    this.facets = new Facets(producer, namespace);
    subject.project().definitions().forEach(each -> definitions.put(each.name(), each));
  }

  /**
   * An event of the run as a whole.
   *
   * @param error what went wrong; empty if nothing did
   */
  String run(String type, String runId, String error) {
    ObjectNode event = event(type, runId, runName(), error);
    ObjectNode job = (ObjectNode) event.path("job").path("facets");
    job.set("jobType", facets.jobType("RUN"));
    return event.toString();
  }

  /**
   * An event of the work on one source, table or profile.
   *
   * @param rows that it has now, or {@link #UNKNOWN}
   * @param error what went wrong; empty if nothing did
   */
  String table(
      String type, String parentId, String runId, TableName name, long rows, String error) {
    ObjectNode event = event(type, runId, name.toString(), error);
    ((ObjectNode) event.path("run").path("facets"))
        .set("parent", facets.parent(parentId, runName()));
    Optional<TableLineage> table = graph().table(name);
    Definition definition = definitions.get(name);
    ObjectNode job = (ObjectNode) event.path("job").path("facets");
    table.ifPresent(found -> job.set("jobType", facets.jobType(found.kind().name())));
    if (definition instanceof TableDefinition query) {
      job.set("sql", facets.sql(query.sql().value().strip()));
    }
    if (definition != null) {
      facets.documentation(job, definition.documentation(), "Job");
    }
    table.ifPresent(
        found -> {
          inputs(event.putArray("inputs"), found, definition);
          output(event.putArray("outputs"), found, rows, !type.equals("START"));
        });
    return event.toString();
  }

  /**
   * An event of the checks of a table, which are a job of their own that reads it.
   *
   * @param rows that it has, or {@link #UNKNOWN}
   */
  String checks(
      String type,
      String parentId,
      String runId,
      TableName name,
      long rows,
      List<CheckResult> all) {
    ObjectNode event = event(type, runId, name + ".checks", "");
    ((ObjectNode) event.path("run").path("facets"))
        .set("parent", facets.parent(parentId, runName()));
    ((ObjectNode) event.path("job").path("facets")).set("jobType", facets.jobType("CHECK"));
    ObjectNode dataset = dataset(event.putArray("inputs"), name);
    if (rows != UNKNOWN) {
      dataset.putObject("facets").set("dataQualityMetrics", facets.metrics(rows));
    }
    dataset.putObject("inputFacets").set("dataQualityAssertions", facets.assertions(all));
    return event.toString();
  }

  private String runName() {
    return subject.project().settings().name() + ".run";
  }

  private ObjectNode event(String type, String runId, String job, String error) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("eventType", type);
    event.put("eventTime", subject.clock().instant().toString());
    event.put("producer", producer);
    event.put("schemaURL", SCHEMA);
    ObjectNode run = event.putObject("run").put("runId", runId).putObject("facets");
    run.set("processing_engine", facets.engine("kith", subject.kith()));
    if (!error.isEmpty()) {
      run.set("errorMessage", facets.error(error));
    }
    event.putObject("job").put("namespace", namespace).put("name", job).putObject("facets");
    return event;
  }

  private void inputs(ArrayNode inputs, TableLineage table, @Nullable Definition definition) {
    if (definition instanceof SourceDefinition source) {
      Datasets.of(source, subject)
          .forEach(
              dataset ->
                  inputs
                      .addObject()
                      .put("namespace", dataset.namespace())
                      .put("name", dataset.name()));
    }
    for (TableName input : table.inputs()) {
      ObjectNode dataset = dataset(inputs, input);
      graph()
          .table(input)
          .ifPresent(
              found ->
                  dataset
                      .putObject("facets")
                      .set("schema", facets.schema(found.schema(), documentation(input))));
    }
  }

  private void output(ArrayNode outputs, TableLineage table, long rows, boolean whole) {
    ObjectNode dataset = dataset(outputs, table.name());
    if (!whole) {
      return;
    }
    ObjectNode described = dataset.putObject("facets");
    described.set("schema", facets.schema(table.schema(), documentation(table.name())));
    if (table.kind() != TableLineage.Kind.SOURCE) {
      described.set("columnLineage", facets.columnLineage(table));
    }
    facets.documentation(described, documentation(table.name()), "Dataset");
    if (rows != UNKNOWN) {
      dataset.putObject("outputFacets").set("outputStatistics", facets.outputStatistics(rows));
    }
  }

  private ObjectNode dataset(ArrayNode datasets, TableName name) {
    return datasets.addObject().put("namespace", namespace).put("name", name.toString());
  }

  private Documentation documentation(TableName name) {
    Definition definition = definitions.get(name);
    return definition == null ? Documentation.NONE : definition.documentation();
  }

  private LineageGraph graph() {
    LineageGraph known = graph;
    if (known == null) {
      known = subject.graph().get();
      graph = known;
    }
    return known;
  }
}
