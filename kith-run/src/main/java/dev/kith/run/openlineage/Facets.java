package dev.kith.run.openlineage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.model.TableColumn;
import dev.kith.model.definition.Documentation;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Struct;
import dev.kith.model.type.TableSchema;
import dev.kith.run.event.CheckResult;
import dev.kith.run.lineage.TableLineage;
import dev.kith.sql.ColumnLineage;
import dev.kith.sql.Dependency;
import dev.kith.sql.Derivation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The facets of OpenLineage, each in the version of its schema that it names. */
final class Facets {

  private static final String SCHEMAS = "https://openlineage.io/spec/facets/";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final String producer;
  private final String namespace;

  /**
   * @param producer a URI that says who writes the events
   * @param namespace of jobs and tables
   */
  Facets(String producer, String namespace) {
    this.producer = producer;
    this.namespace = namespace;
  }

  private ObjectNode facet(String version, String name) {
    ObjectNode facet = JSON.objectNode();
    facet.put("_producer", producer);
    facet.put("_schemaURL", SCHEMAS + version + "/" + name + ".json#/$defs/" + name);
    return facet;
  }

  ObjectNode parent(String runId, String job) {
    ObjectNode facet = facet("1-2-0", "ParentRunFacet");
    facet.putObject("run").put("runId", runId);
    facet.putObject("job").put("namespace", namespace).put("name", job);
    return facet;
  }

  ObjectNode error(String message) {
    return facet("1-0-1", "ErrorMessageRunFacet")
        .put("message", message)
        .put("programmingLanguage", "JAVA");
  }

  ObjectNode engine(String name, String kithVersion) {
    return facet("1-1-1", "ProcessingEngineRunFacet").put("version", kithVersion).put("name", name);
  }

  ObjectNode jobType(String type) {
    return facet("2-0-4", "JobTypeJobFacet")
        .put("processingType", "BATCH")
        .put("integration", "KITH")
        .put("jobType", type);
  }

  ObjectNode sql(String query) {
    return facet("1-1-0", "SQLJobFacet").put("query", query).put("dialect", "duckdb");
  }

  /** Of a job or a table, as far as its definition tells. */
  void documentation(ObjectNode facets, Documentation documentation, String kind) {
    documentation
        .description()
        .ifPresent(
            text ->
                facets.set(
                    "documentation",
                    facet("1-1-0", "Documentation" + kind + "Facet").put("description", text)));
    documentation
        .owner()
        .ifPresent(
            owner -> {
              ObjectNode facet = facet("1-0-1", "Ownership" + kind + "Facet");
              facet.putArray("owners").addObject().put("name", owner);
              facets.set("ownership", facet);
            });
  }

  ObjectNode schema(TableSchema schema, Documentation documentation) {
    ObjectNode facet = facet("1-2-0", "SchemaDatasetFacet");
    ArrayNode fields = facet.putArray("fields");
    for (Column column : schema.columns()) {
      ObjectNode field = field(fields, column);
      Optional.ofNullable(documentation.columns().get(column.name()))
          .flatMap(Documentation.ColumnDocumentation::description)
          .ifPresent(text -> field.put("description", text));
    }
    return facet;
  }

  private static ObjectNode field(ArrayNode fields, Column column) {
    ObjectNode field = fields.addObject();
    field.put("name", column.name()).put("type", type(column.type()));
    if (column.type() instanceof Struct struct) {
      ArrayNode inner = field.putArray("fields");
      struct.fields().forEach(each -> field(inner, each));
    }
    return field;
  }

  private static String type(DataType type) {
    return type instanceof Struct ? "STRUCT" : type.sql();
  }

  ObjectNode columnLineage(TableLineage table) {
    ObjectNode facet = facet("1-2-0", "ColumnLineageDatasetFacet");
    ObjectNode fields = facet.putObject("fields");
    for (ColumnLineage.Output output : table.lineage().columns()) {
      ArrayNode inputs = fields.putObject(output.name()).putArray("inputFields");
      String description =
          output.derivation().steps().isEmpty()
              ? ""
              : output.derivation().steps().get(0).expression();
      inputFields(inputs, output.derivation(), description);
    }
    if (!table.rows().dependencies().isEmpty()) {
      inputFields(facet.putArray("dataset"), table.rows(), "");
    }
    return facet;
  }

  private void inputFields(ArrayNode inputs, Derivation derivation, String description) {
    Map<TableColumn, ArrayNode> byOrigin = new LinkedHashMap<>();
    for (Dependency dependency : derivation.dependencies()) {
      ArrayNode transformations =
          byOrigin.computeIfAbsent(dependency.origin(), origin -> input(inputs, origin));
      boolean direct = dependency.influence().isDirect();
      transformations
          .addObject()
          .put("type", direct ? "DIRECT" : "INDIRECT")
          .put("subtype", dependency.influence().name())
          .put("description", direct ? description : "")
          .put("masking", false);
    }
  }

  private ArrayNode input(ArrayNode inputs, TableColumn origin) {
    return inputs
        .addObject()
        .put("namespace", namespace)
        .put("name", origin.table().toString())
        .put("field", origin.column())
        .putArray("transformations");
  }

  ObjectNode outputStatistics(long rows) {
    return facet("1-0-2", "OutputStatisticsOutputDatasetFacet").put("rowCount", rows);
  }

  ObjectNode assertions(List<CheckResult> results) {
    ObjectNode facet = facet("1-1-0", "DataQualityAssertionsDatasetFacet");
    ArrayNode assertions = facet.putArray("assertions");
    for (CheckResult result : results) {
      ObjectNode assertion =
          assertions
              .addObject()
              .put("assertion", result.kind())
              .put("name", result.check())
              .put("success", isPassed(result))
              .put("severity", result.severity().name().toLowerCase(Locale.ROOT));
      result.bound().ifPresent(bound -> assertion.put("expected", bound));
      result.observed().ifPresent(observed -> assertion.put("actual", observed));
    }
    return facet;
  }

  private static boolean isPassed(CheckResult result) {
    return result.status() == CheckResult.Status.PASSED
        || result.status() == CheckResult.Status.SKIPPED;
  }

  ObjectNode metrics(long rows) {
    ObjectNode facet = facet("1-0-0", "DataQualityMetricsDatasetFacet").put("rowCount", rows);
    facet.putObject("columnMetrics");
    return facet;
  }
}
