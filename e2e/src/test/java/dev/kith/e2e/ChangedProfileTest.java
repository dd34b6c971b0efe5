package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kith.lake.RunStep;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A profile whose definition has changed computes the columns that are others, and reads only what
 * these are made of. It has 3 people, 5 lines and 2 pages.
 */
class ChangedProfileTest {

  private static final String PROFILE = "profiles/customer.yaml";
  private static final String ORDERS = "orders: count(*)";
  private static final String ATTRIBUTES = "attributes: [name, country]";

  @TempDir static Path shared;
  @TempDir Path temporary;

  private static ProjectFolder built;
  private ProjectFolder project = new ProjectFolder(Path.of("."));
  private int copies;

  @BeforeAll
  static void build() throws IOException {
    built = ShopProject.firstInput(shared.resolve("built"));
    built.kith().succeed("run");
  }

  @BeforeEach
  void copy() throws IOException {
    project = built.copyTo(temporary.resolve("project"));
  }

  @Test
  void aNewMeasureReadsItsTable() throws IOException {
    project.replace(PROFILE, ORDERS, ORDERS + ", most: max(amount)");

    assertThat(project.kith().succeed("plan").out())
        .contains("computes most_30d, most; 8 columns are taken over");
    assertComputes(8, "most_30d", "most");
    assertRunsAsPlanned(8);
  }

  @Test
  void aMeasureOfTheSameTypeStaysInItsTable() throws IOException {
    project.replace(PROFILE, "spend: sum(amount)", "spend: sum(2 * amount)");

    assertComputes(8, "spend_30d", "spend");
    assertRunsAsPlanned(8);
  }

  @Test
  void aColumnThatGoesOrMovesReadsNoEvents() throws IOException {
    project
        .replace(PROFILE, ATTRIBUTES, "attributes: [country, name]")
        .replace(PROFILE, ORDERS, "");

    assertComputes(3);
    assertRunsAsPlanned(3);
  }

  @Test
  void whatIsMadeOfOtherColumnsReadsNoEvents() throws IOException {
    project.replace(
        PROFILE,
        "measures:",
        """
        metrics:
          mean: spend / nullif(orders, 0)
          age: date_diff('day', as_of, as_of)
        measures:
        """
            .strip());

    assertComputes(3, "mean", "age");
    assertRunsAsPlanned(3);

    project.replace(PROFILE, "nullif(orders, 0)", "orders");
    assertComputes(3, "mean");
  }

  @Test
  void anAttributeReadsTheHistory() throws IOException {
    project.replace(PROFILE, ATTRIBUTES, "attributes: [name, country, {is: name, as: called}]");
    assertComputes(6, "called");
    assertRunsAsPlanned(6);
  }

  @Test
  void aColumnThatWasAddedToATableMovesNoOther() throws IOException {
    project
        .replace("tables/lines.sql", "SELECT order_id,", "SELECT product, order_id,")
        .replace(PROFILE, ORDERS, ORDERS + ", products: count(distinct product)");

    assertThat(stage().path("computed"))
        .extracting(JsonNode::asText)
        .containsExactly("products_30d", "products");
    assertRunsAsPlanned(8);
  }

  @Test
  void newRowsAreComputedOfTheirTableToo() throws IOException {
    ShopProject.moreVisits(project);
    project.replace(PROFILE, ORDERS, ORDERS + ", most: max(amount)");

    assertThat(stage("--as-of", "2020-02-22").path("computed"))
        .extracting(JsonNode::asText)
        .containsExactly("most_30d", "most", "pages");
    assertRunsAsPlanned(11);
  }

  @Test
  void anEnvironmentTakesOverFromProduction() throws IOException {
    project.replace(PROFILE, ORDERS, ORDERS + ", most: max(amount)");

    project.kith().succeed("run", "--env", "dev");

    assertThat(step().action()).isEqualTo(RunStep.Action.UPDATE);
    assertThat(step().rowsRead()).isEqualTo(8);
    project.kith().succeed("promote", "dev");
    assertThat(Published.withoutOrigins(project.path())).isEqualTo(fromNothing());
  }

  @Test
  void allIsComputedWhereNothingCanBeTakenOver() throws Exception {
    project.replace(PROFILE, ORDERS, ORDERS + ", most: max(amount)");
    assertThat(method("--as-of", "2020-02-23")).isEqualTo("whole");
    assertThat(method("--strategy", "full")).isEqualTo("whole");
    assertThat(method("--strategy", "delta")).isEqualTo("whole");
    assertThat(method("--full-refresh")).isEqualTo("whole");
    assertThat(method()).isEqualTo("columns");

    project.replace("kith.yaml", "Europe/London", "Europe/Berlin");
    assertThat(method("--as-of", "2020-02-22")).isEqualTo("whole");

    project.replace("kith.yaml", "Europe/Berlin", "Europe/London");
    try (Connection database =
            DriverManager.getConnection("jdbc:sqlite:" + project.path().resolve(".kith/kith.db"));
        Statement statement = database.createStatement()) {
      statement.execute("DELETE FROM kith_definitions");
    }
    assertThat(method()).isEqualTo("whole");
  }

  @Test
  void whatMovedAsWellIsAmendedFirstAndThenBroughtUpToDate() throws IOException {
    ShopProject.moreVisits(project);
    project.replace(PROFILE, ORDERS, ORDERS + ", most: max(amount)");
    String[] options = {"--as-of", "2020-03-22", "--strategy", "touched"};

    assertThat(stage(options).path("computed"))
        .extracting(JsonNode::asText)
        .containsExactly("most_30d", "most");
    assertThat(stage(options).path("then").asText()).isEqualTo("touched");
    project.kith().succeed("run", "--as-of", "2020-03-22", "--strategy", "touched");

    assertThat(step().action()).isEqualTo(RunStep.Action.UPDATE);
    assertThat(Published.withoutOrigins(project.path()))
        .isEqualTo(fromNothing("--as-of", "2020-03-22"));
  }

  /** Other columns that are made of columns leave the results of events as they are. */
  @Test
  void stateIsCarriedOverWhereNoResultOfEventsIsAnother() throws IOException {
    project.replace(PROFILE, "measures:", "metrics: {twice: orders * 2}\nmeasures:");
    keepState();

    project.replace(PROFILE, "orders * 2", "orders * 3");
    assertKeepsState(3, "twice");
    project.kith().succeed("run", "--as-of", "2020-02-23");
    project.replace(PROFILE, "orders * 3", "orders * 4");

    assertFollowsTo("2020-02-24");
  }

  @Test
  void aNewMeasureLeavesTheStateOfOtherTables() throws IOException {
    keepState();

    project.replace(PROFILE, ORDERS, ORDERS + ", most: max(amount)");
    assertKeepsState(8, "most_30d", "most");
    project.kith().succeed("run", "--as-of", "2020-02-23");
    assertFollowsTo("2020-02-24");

    project.replace(PROFILE, "spend: sum(amount)", "spend: sum(3 * amount)");
    ShopProject.moreVisits(project);
    assertFollowsTo("2020-03-22");
  }

  @Test
  void aNewMeasureFollowsFromStateThatHasWhatItNeeds() throws IOException {
    project.replace(PROFILE, "{pages: count(*)}", "{usual: mode(page)}");
    keepState();

    project
        .replace(PROFILE, "{usual: mode(page)}", "{usual: mode(page), often: 'top(page, 2)'}")
        .replace(PROFILE, ORDERS, ORDERS + ", mean: avg(amount)");
    assertKeepsState(3, "mean_30d", "mean", "often");
    project.kith().succeed("run", "--as-of", "2020-02-23");

    assertThat(step().rowsRead()).isEqualTo(3);
    assertThat(Published.withoutOrigins(project.path()))
        .isEqualTo(fromNothing("--as-of", "2020-02-23"));
    assertFollowsTo("2020-02-24");
  }

  @Test
  void anEnvironmentLeavesTheStateOfProduction() throws IOException {
    keepState();
    project.replace(PROFILE, ORDERS, ORDERS + ", most: max(amount)");

    project.kith().succeed("run", "--env", "dev", "--as-of", "2020-02-23");

    project.replace(PROFILE, ", most: max(amount)", "");
    assertThat(method("--strategy", "delta", "--as-of", "2020-02-24")).isEqualTo("delta");
  }

  private void keepState() {
    project.kith().succeed("run", "--strategy", "delta", "--as-of", "2020-02-22");
    project.kith().succeed("run", "--strategy", "delta", "--as-of", "2020-02-23");
  }

  private void assertKeepsState(int rows, String... columns) throws IOException {
    JsonNode stage = stage("--as-of", "2020-02-23");
    assertThat(stage.path("method").asText()).as(stage.toString()).isEqualTo("columns");
    assertThat(stage.path("computed")).extracting(JsonNode::asText).containsExactly(columns);
    assertThat(stage.path("keeps_state").asBoolean()).isTrue();
    assertThat(stage.path("rows_to_read").asInt()).isEqualTo(rows);
  }

  /** From state, whether or not the definition has changed. */
  private void assertFollowsTo(String day) throws IOException {
    String[] options = {"--strategy", "delta", "--as-of", day};
    JsonNode stage = stage(options);
    assertThat(stage.path("then").asText(stage.path("method").asText())).isEqualTo("delta");
    List<String> run = new ArrayList<>(List.of("run"));
    run.addAll(List.of(options));
    project.kith().succeed(run.toArray(String[]::new));
    assertThat(Published.withoutOrigins(project.path())).isEqualTo(fromNothing("--as-of", day));
  }

  /**
   * @param rows of everything that is read
   */
  private void assertComputes(int rows, String... columns) throws IOException {
    JsonNode stage = stage();
    assertThat(stage.path("method").asText()).as(stage.toString()).isEqualTo("columns");
    assertThat(stage.path("computed")).extracting(JsonNode::asText).containsExactly(columns);
    assertThat(stage.path("rows_to_read").asInt()).isEqualTo(rows);
  }

  private void assertRunsAsPlanned(long rows) throws IOException {
    project.kith().succeed("run");

    assertThat(step().action()).isEqualTo(RunStep.Action.UPDATE);
    assertThat(step().rowsRead()).isEqualTo(rows);
    assertThat(Published.withoutOrigins(project.path())).isEqualTo(fromNothing());
    assertThat(project.kith().succeed("run").out()).contains("Everything is up to date");
  }

  private RunStep step() {
    return RunRecords.stepsOfTheLast(project).stream()
        .filter(step -> step.table().name().equals("customer"))
        .findFirst()
        .orElseThrow();
  }

  private String method(String... options) throws IOException {
    return stage(options).path("method").asText();
  }

  private JsonNode stage(String... options) throws IOException {
    List<String> plan = new ArrayList<>(List.of("plan", "--format", "json"));
    plan.addAll(List.of(options));
    String json = project.kith().succeed(plan.toArray(String[]::new)).out();
    for (JsonNode stage : new JsonMapper().readTree(json).path("stages")) {
      if (stage.path("table").asText().equals("customer")) {
        return stage;
      }
    }
    throw new AssertionError("Cannot find the profile in the plan: " + json);
  }

  private Map<String, List<String>> fromNothing(String... options) throws IOException {
    ProjectFolder fresh = project.copyTo(temporary.resolve("fresh-" + ++copies));
    new ProjectFolder(fresh.path().resolve(".kith")).deleteAll();
    List<String> run = new ArrayList<>(List.of("run"));
    run.addAll(List.of(options));
    fresh.kith().succeed(run.toArray(String[]::new));
    return Published.withoutOrigins(fresh.path());
  }
}
