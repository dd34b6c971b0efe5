package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.sun.net.httpserver.HttpServer;
import dev.kith.e2e.KithCommand.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs tell in the form of OpenLineage, held against its public schemas. */
class OpenLineageTest {

  private static final Path SCHEMAS = Path.of("src/test/resources/openlineage");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path temporary;

  @Test
  void aRunIsToldFromItsStartToItsEnd() throws IOException {
    ProjectFolder project = shop("lineage: {file: .kith/lineage.ndjson}\n");
    project.replace(
        "tables/products.sql",
        "key: product",
        "key: product\ndescription: Sold\nowner: sales\nchecks: [{unique: product}]");
    project.kith().succeed("run");

    List<JsonNode> events = events(project);
    events.forEach(OpenLineageTest::validate);
    assertThat(events.get(0).path("eventType").asText()).isEqualTo("START");
    assertThat(events.get(events.size() - 1).path("eventType").asText()).isEqualTo("COMPLETE");
    String run = events.get(0).path("run").path("runId").asText();
    JsonNode lines = of(events, "COMPLETE", "lines");
    assertThat(lines.at("/run/facets/parent/run/runId").asText()).isEqualTo(run);
    assertThat(lines.at("/job/facets/sql/query").asText()).contains("quantity * price");
    assertThat(lines.at("/outputs/0/outputFacets/outputStatistics/rowCount").asInt()).isPositive();
    JsonNode amount = lines.at("/outputs/0/facets/columnLineage/fields/amount/inputFields");
    assertThat(StreamSupport.stream(amount.spliterator(), false))
        .extracting(input -> input.path("name").asText() + "." + input.path("field").asText())
        .containsExactly("orders.price", "orders.quantity");
    assertThat(amount.at("/0/transformations/0/subtype").asText()).isEqualTo("TRANSFORMATION");
    JsonNode products = of(events, "COMPLETE", "products");
    assertThat(products.at("/outputs/0/facets/ownership/owners/0/name").asText())
        .isEqualTo("sales");
    JsonNode checks = of(events, "COMPLETE", "products.checks").at("/inputs/0");
    assertThat(checks.at("/inputFacets/dataQualityAssertions/assertions/0/success").asBoolean())
        .isTrue();
    assertThat(checks.at("/facets/dataQualityMetrics/rowCount").asInt()).isPositive();
    assertThat(of(events, "COMPLETE", "orders").at("/inputs/0/name").asText())
        .endsWith("data/orders*.csv");
  }

  @Test
  void aRunThatFailsSaysSo() throws IOException {
    ProjectFolder project = shop("lineage: {file: .kith/lineage.ndjson, namespace: shop.test}\n");
    project.replace("tables/products.sql", "sum(quantity)", "error('no ' || max(product))::bigint");
    assertThat(project.kith().run("run").exitCode()).isNotZero();
    List<JsonNode> events = events(project);
    events.forEach(OpenLineageTest::validate);
    assertThat(of(events, "FAIL", "products").at("/run/facets/errorMessage/message").asText())
        .isNotBlank();
    assertThat(of(events, "FAIL", "shop.run").at("/job/namespace").asText()).isEqualTo("shop.test");
  }

  @Test
  void eventsArePostedWithTheToken() throws IOException {
    List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    List<String> tokens = Collections.synchronizedList(new ArrayList<>());
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(201, -1);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://localhost:" + server.getAddress().getPort() + "/api/v1/lineage";
      ProjectFolder project = shop("lineage: {url: '" + url + "', token: '${LINEAGE_TOKEN}'}\n");
      project.kith().with("LINEAGE_TOKEN", "s3cret").succeed("run");
    } finally {
      server.stop(0);
    }
    assertThat(tokens).isNotEmpty().containsOnly("Bearer s3cret");
    for (String body : bodies) {
      validate(JSON.readTree(body));
    }
    assertThat(bodies.get(bodies.size() - 1)).contains("\"COMPLETE\"", "shop.run");
  }

  @Test
  void aSinkThatFailsIsAWarningAndNoFault() throws IOException {
    ProjectFolder project =
        shop("lineage: {url: 'http://localhost:1/lineage', token: '${LINEAGE_TOKEN}'}\n");
    Outcome outcome = project.kith().with("LINEAGE_TOKEN", "s3cret").succeed("run");
    assertThat(outcome.all()).contains("R016").doesNotContain("s3cret");
    project.kith().with("LINEAGE_TOKEN", "s3cret").succeed("query", "from customer");
  }

  @Test
  void theSchemasRefuseWhatIsWrong() {
    String facets = "https://openlineage.io/spec/facets/";
    assertThat(
            schema(facets + "1-1-0/SQLJobFacet.json#/$defs/SQLJobFacet")
                .validate(JSON.createObjectNode().put("query", "SELECT 1")))
        .isNotEmpty();
    assertThat(
            schema("https://openlineage.io/spec/2-0-2/OpenLineage.json")
                .validate(JSON.createObjectNode().put("eventType", "ENDED")))
        .isNotEmpty();
  }

  private ProjectFolder shop(String lineage) throws IOException {
    ProjectFolder project = ShopProject.firstInput(temporary.resolve("shop"));
    return project.file(
        "kith.yaml", Files.readString(project.path().resolve("kith.yaml")) + lineage);
  }

  private static List<JsonNode> events(ProjectFolder project) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : Files.readAllLines(project.path().resolve(".kith/lineage.ndjson"))) {
      events.add(JSON.readTree(line));
    }
    return events;
  }

  private static JsonNode of(List<JsonNode> events, String type, String job) {
    return events.stream()
        .filter(event -> event.path("eventType").asText().equals(type))
        .filter(event -> event.at("/job/name").asText().equals(job))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + type + " of " + job));
  }

  /** Against the schema of events, and of each facet that it holds. */
  private static void validate(JsonNode event) {
    assertThat(schema("https://openlineage.io/spec/2-0-2/OpenLineage.json").validate(event))
        .as(event.toPrettyString())
        .isEmpty();
    List<JsonNode> facets =
        Stream.of("facets", "outputFacets", "inputFacets")
            .flatMap(name -> event.findValues(name).stream())
            .flatMap(JsonNode::valueStream)
            .toList();
    for (JsonNode facet : facets) {
      assertThat(schema(facet.path("_schemaURL").asText()).validate(facet))
          .as(facet.toPrettyString())
          .isEmpty();
    }
  }

  /** The files beside this test stand for the public addresses; nothing is fetched. */
  private static JsonSchema schema(String address) {
    return JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder ->
                builder.schemaLoaders(
                    loaders ->
                        loaders.schemas(
                            uri -> {
                              String name = uri.substring(uri.lastIndexOf('/') + 1);
                              return uri.startsWith("https://openlineage.io/")
                                  ? read(SCHEMAS.resolve(name))
                                  : null;
                            })))
        .getSchema(SchemaLocation.of(address));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
