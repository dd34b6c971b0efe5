package dev.kith.project;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.kith.model.Problems;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas against another validator than our own reader. */
class JsonSchemasTest {

  private static final Path RETAIL =
      Path.of("../examples/retail/src/main/resources/kith/examples/retail");

  static Stream<Path> validFiles() throws IOException {
    return Stream.of(files(Path.of("../fixtures/valid")), files(RETAIL)).flatMap(List::stream);
  }

  /** Files whose fault a schema can see: not names of tables, clashes, or positions. */
  static Stream<String> invalidFiles() {
    return Stream.of(
        "P002-unknown-key/kith.yaml",
        "P002-unknown-key/sources/clicks.yaml",
        "P002-unknown-key/tables/orders.sql",
        "P002-unknown-key/profiles/customer.yaml",
        "P004-wrong-kind/kith.yaml",
        "P004-wrong-kind/sources/clicks.yaml",
        "P004-wrong-kind/sources/text.yaml",
        "P004-wrong-kind/sources/two_in_one.yaml",
        "P004-wrong-kind/tables/two_kinds.sql",
        "P005-missing-key/kith.yaml",
        "P005-missing-key/sources/clicks.yaml",
        "P005-missing-key/sources/nowhere.yaml",
        "P005-missing-key/tables/orders.sql",
        "P005-missing-key/profiles/customer.yaml",
        "P006-not-accepted/kith.yaml",
        "P006-not-accepted/sources/clicks.yaml",
        "P006-not-accepted/sources/files.yaml",
        "P006-not-accepted/profiles/customer.yaml",
        "P006-not-accepted/tables/checks.sql",
        "P008-unsupported-version/kith.yaml",
        "P006-not-accepted/tests/orders.yaml",
        "P020-forward-window/profiles/customer.yaml",
        "P027-backward-label/datasets/churn.yaml");
  }

  @ParameterizedTest
  @MethodSource("validFiles")
  void acceptWhatTheReaderAccepts(Path file) throws IOException {
    assertThat(validate(file)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("invalidFiles")
  void refuseUnknownKeysAndWrongValues(String file) throws IOException {
    assertThat(validate(Path.of("../fixtures/invalid", file))).isNotEmpty();
  }

  @Test
  void thereIsOneForEachKindOfFile() throws IOException {
    assertThat(JsonSchemas.all().keySet())
        .containsExactly(
            "project.schema.json",
            "source.schema.json",
            "table.schema.json",
            "profile.schema.json",
            "dataset.schema.json",
            "test.schema.json");
    assertThat(validFiles().map(JsonSchemasTest::schemaName).distinct())
        .containsExactlyInAnyOrderElementsOf(JsonSchemas.all().keySet());
  }

  @Test
  void areSchemasThemselves() {
    JsonSchema meta =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(
                com.networknt.schema.SchemaLocation.of(
                    "https://json-schema.org/draft/2020-12/schema"));
    for (Map.Entry<String, String> schema : JsonSchemas.all().entrySet()) {
      assertThat(meta.validate(schema.getValue(), com.networknt.schema.InputFormat.JSON))
          .as(schema.getKey())
          .isEmpty();
    }
  }

  private static Set<ValidationMessage> validate(Path file) throws IOException {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Optional.ofNullable(JsonSchemas.all().get(schemaName(file))).orElseThrow());
    return schema.validate(json(file));
  }

  private static String schemaName(Path file) {
    if (file.endsWith("kith.yaml")) {
      return "project.schema.json";
    }
    String path = file.toString();
    for (String kind : List.of("source", "table", "dataset", "test")) {
      if (path.contains("/" + kind + "s/")) {
        return kind + ".schema.json";
      }
    }
    return "profile.schema.json";
  }

  private static JsonNode json(Path file) throws IOException {
    String text = Files.readString(file);
    Problems problems = new Problems();
    if (file.toString().endsWith(".sql")) {
      ProjectFile sql =
          new ProjectFile(
              ProjectFile.Kind.TABLE, file.toString(), dev.kith.model.TableName.of("x"), text);
      text = SqlFile.read(sql, problems).flatMap(SqlFile::settings).orElse("{}");
    }
    return json(YamlReader.read(file.toString(), text, problems).orElseThrow());
  }

  private static JsonNode json(YamlValue value) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (value instanceof YamlValue.Items items) {
      ArrayNode array = nodes.arrayNode();
      items.items().forEach(item -> array.add(json(item)));
      return array;
    }
    if (value instanceof YamlValue.Fields fields) {
      ObjectNode object = nodes.objectNode();
      fields.fields().forEach(field -> object.set(field.key().text(), json(field.value())));
      return object;
    }
    YamlValue.Scalar scalar = (YamlValue.Scalar) value;
    return switch (scalar.type()) {
      case NULL -> nodes.nullNode();
      case TRUTH -> nodes.booleanNode(Boolean.parseBoolean(scalar.text()));
      case NUMBER -> nodes.numberNode(new BigDecimal(scalar.text()));
      case TEXT -> nodes.textNode(scalar.text());
    };
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml") || file.toString().endsWith(".sql"))
          .sorted()
          .toList();
    }
  }
}
