package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kith.e2e.KithCommand.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What differs between two releases of a project, to the row. */
class DiffTest {

  @TempDir static Path shared;

  private static ProjectFolder project = new ProjectFolder(Path.of("."));

  @BeforeAll
  static void build() throws IOException {
    project =
        ShopProject.firstInput(shared.resolve("built"))
            .replace(
                "sources/customers.yaml",
                "changed_at: changed_at",
                "changed_at: changed_at\ncolumns:\n  name: {pii: true}");
    project.kith().succeed("run");
    ShopProject.secondInput(project);
    project.kith().succeed("run");
    project.kith().succeed("rollback");
  }

  @Test
  void rowsAreCountedByTableAndColumn() throws IOException {
    JsonNode tables = diff("1", "2").get("tables");

    assertThat(counts(tables, "products")).isEqualTo("[\"product\"] 3 → 2: +0 −1 ≠1");
    assertThat(table(tables, "products").get("changed_in"))
        .hasToString("{\"sold\":1,\"orders\":1}");
    assertThat(counts(tables, "orders")).endsWith(" 5 → 5: +2 −2 ≠0");
    assertThat(table(tables, "orders").get("schema").get(0).get("column").asText())
        .isEqualTo("channel");
    assertThat(counts(tables, "pages")).isEqualTo("[] 2 → 3: +1 −0 ≠0");
    assertThat(table(tables, "pages").get("schema").get(0).get("kind").asText())
        .isEqualTo("column_retyped");
    assertThat(counts(tables, "customers")).endsWith("3 → 4: +1 −0 ≠1");
    assertThat(counts(tables, "customer")).startsWith("[\"customer_id\"] 3 → 4: +1 −0");
  }

  @Test
  void theOtherWayRoundWhatWasAddedIsRemoved() throws IOException {
    JsonNode tables = diff("current", "2", "products", "customers").get("tables");
    JsonNode back = diff("2", "current", "products", "customers").get("tables");

    assertThat(counts(tables, "products")).endsWith("3 → 2: +0 −1 ≠1");
    assertThat(counts(back, "products")).endsWith("2 → 3: +1 −0 ≠1");
    assertThat(counts(back, "customers")).endsWith("4 → 3: +0 −1 ≠1");
    assertThat(tables).hasSize(2);
  }

  @Test
  void personalValuesAreMaskedInSamples() throws IOException {
    JsonNode sample = table(diff("1", "2").get("tables"), "customers").get("samples");
    Outcome text = project.kith().succeed("diff", "1", "2");

    assertThat(sample.get(0).get("after").get("name").asText()).isEqualTo("***");
    assertThat(sample.toString()).doesNotContain("Chloé").contains("Denmark");
    assertThat(text.out()).doesNotContain("Chloé").contains("Sweden → Denmark");
  }

  @Test
  void tablesWithTheSameSnapshotAreNotRead() throws IOException {
    JsonNode difference = diff("1", "prod");

    assertThat(difference.get("same").asBoolean()).isTrue();
    assertThat(difference.get("tables").get(0).has("rows_before")).isFalse();
    assertThat(project.kith().succeed("diff", "1", "prod", "--exit-code").out())
        .contains("(no difference)");
  }

  @Test
  void theExitCodeTellsOnlyIfAsked() {
    assertThat(project.kith().run("diff", "1", "2", "--quiet").exitCode()).isZero();
    assertThat(project.kith().run("diff", "1", "2", "--quiet", "--exit-code").exitCode())
        .isEqualTo(1);
    assertThat(project.kith().run("diff", "1", "2", "nothing").err())
        .contains("Cannot find in either release: nothing");
    assertThat(project.kith().run("diff", "1", "trial").err()).contains("error[R015]");
    assertThat(project.kith().run("diff", "1", "trial:2").err())
        .contains("Cannot find an environment: trial")
        .contains("there is prod");
  }

  private static JsonNode diff(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("diff"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--format", "json"));
    return new ObjectMapper().readTree(project.kith().succeed(all.toArray(String[]::new)).out());
  }

  private static JsonNode table(JsonNode tables, String name) {
    for (JsonNode table : tables) {
      if (table.get("table").asText().equals(name)) {
        return table;
      }
    }
    throw new AssertionError("Cannot find " + name + " in " + tables);
  }

  private static String counts(JsonNode tables, String name) {
    JsonNode table = table(tables, name);
    return "%s %d → %d: +%d −%d ≠%d"
        .formatted(
            table.get("key"),
            table.get("rows_before").asLong(),
            table.get("rows_after").asLong(),
            table.get("added").asLong(),
            table.get("removed").asLong(),
            table.get("changed").asLong());
  }
}
