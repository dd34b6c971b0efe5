package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kith.e2e.KithCommand.Outcome;
import dev.kith.lake.Release;
import dev.kith.lake.ReleaseEntry;
import dev.kith.model.TableName;
import dev.kith.run.release.ReleaseReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was published can be listed, read again, taken back, and mended. */
class RollbackTest {

  @TempDir static Path shared;
  @TempDir Path temporary;

  private static ProjectFolder built;
  private static Map<String, List<String>> first = Map.of();
  private static Map<String, List<String>> second = Map.of();
  private ProjectFolder project = new ProjectFolder(Path.of("."));

  /** Two releases, of which the second shows a wrong column. */
  @BeforeAll
  static void build() throws IOException {
    built = ShopProject.firstInput(shared.resolve("built"));
    built.kith().succeed("run");
    first = Published.withoutOrigins(built.path());
    ShopProject.secondInput(built);
    built.replace("tables/products.sql", "sum(quantity)", "count(*)");
    built.kith().succeed("run");
    second = Published.withoutOrigins(built.path());
  }

  @BeforeEach
  void copy() throws IOException {
    project = built.copyTo(temporary.resolve("project"));
  }

  @Test
  void aPersonIsNotLookedUpByAKeyThatTheReleaseDidNotHave() throws IOException {
    project.file(
        "profiles/customer.yaml",
        """
        profile: customer
        key: product
        from: {keys_of: [orders]}
        measures:
          - from: orders
            define: {orders: count(*)}
        """);
    project.kith().succeed("run");
    assertThat(project.kith().succeed("show", "customer", "Mug").out()).contains("Mug");

    Outcome then = project.kith().run("show", "customer", "Mug", "--release", "1");

    assertThat(then.exitCode()).as(then.all()).isEqualTo(1);
    assertThat(then.err())
        .contains("error[R021]")
        .contains("of release 1 by 'product': its key was 'customer_id' then")
        .contains("WHERE customer_id = ...");
  }

  @Test
  void aRollbackGivesReadersTheOldRowsAndPausesRuns() throws IOException {
    Outcome rollback = project.kith().succeed("rollback");

    assertThat(rollback.out())
        .contains("Published release 3, which has the tables of release 1")
        .contains("'kith resume' lets them publish again");
    assertThat(Published.withoutOrigins(project.path())).isEqualTo(first).isNotEqualTo(second);

    project.file(
        "data/orders-4.csv",
        """
        order_id,customer_id,ordered_at,product,quantity,price
        4001,2,2020-03-05 10:00:00,Mug,6,6.20
        """);
    TreeMap<String, Long> files = project.files(".kith/warehouse");
    Outcome refused = project.kith().run("run");

    assertThat(refused.exitCode()).as(refused.all()).isEqualTo(1);
    assertThat(refused.err())
        .contains("error[R017]: Cannot change 'prod': it is paused since")
        .contains("rolled back to prod-000001-")
        .contains("help: 'kith resume' lets runs publish again");
    assertThat(project.files(".kith/warehouse")).isEqualTo(files);
    assertThat(project.kith().succeed("plan").out()).contains("! paused since");
    assertThat(json("plan").get("paused").asBoolean()).isTrue();
  }

  @Test
  void aPlanAfterARollbackTellsThatReadersWouldSeeOtherRows() throws IOException {
    project.kith().succeed("rollback");

    assertThat(project.kith().succeed("plan").out())
        .contains("readers see other rows, and would see these")
        .contains("Nothing to build; 'kith run' publishes what is built");
    assertThat(json("plan").get("up_to_date").asBoolean()).isFalse();

    project.kith().succeed("resume");
    assertThat(project.kith().succeed("run").out()).contains("Published release 4");
    assertThat(Published.withoutOrigins(project.path())).isEqualTo(second);
    assertThat(project.kith().succeed("plan").out()).contains("Everything is up to date");
  }

  @Test
  void afterTheFixTheNextRunBuildsOnTheRightState() throws IOException {
    project.kith().succeed("rollback", "1");
    project.replace("tables/products.sql", "count(*) AS sold", "sum(quantity) AS sold");

    assertThat(project.kith().succeed("resume").out()).contains("Runs of 'prod' may publish again");
    project.kith().succeed("run");

    ProjectFolder anew = ShopProject.firstInput(temporary.resolve("anew"));
    anew.kith().succeed("run");
    ShopProject.secondInput(anew);
    anew.kith().succeed("run");
    assertThat(Published.withoutOrigins(project.path()))
        .isEqualTo(Published.withoutOrigins(anew.path()));
    // Rows that the second release had right are taken as they are; only what was wrong is built.
    Release wrong = release("2");
    Release mended = release("current");
    assertThat(mended.sequence()).isEqualTo(4);
    assertThat(changed(wrong, mended)).containsExactly("products");
    assertThat(project.kith().succeed("run").out()).contains("Everything is up to date");
  }

  @Test
  void resumingWhatIsNotPausedSaysSo() {
    assertThat(project.kith().succeed("resume").out()).isEqualTo("'prod' is not paused\n");
  }

  @Test
  void earlierReleasesCanBeReadByNumberAndByTime() {
    String count = "select sum(sold) as sold, count(*) as products from products";
    String published = release("1").createdAt().toString();

    assertThat(rows(count)).isEqualTo("sold,products\n5,2\n");
    assertThat(rows(count, "--release", "1")).isEqualTo("sold,products\n9,3\n");
    assertThat(rows(count, "--release", "previous")).isEqualTo("sold,products\n9,3\n");
    assertThat(rows(count, "--release", "prod:2")).isEqualTo("sold,products\n5,2\n");
    assertThat(rows(count, "--at", published)).isEqualTo("sold,products\n9,3\n");
    assertThat(project.kith().succeed("show", "customer", "2", "--release", "1").out())
        .contains("Sweden");
    assertThat(project.kith().succeed("show", "customer", "2").out()).contains("Denmark");
    assertThat(project.kith().succeed("ls", "--release", "1").out()).contains("products");
  }

  @Test
  void whatIsNotKeptIsToldWithWhatIs() {
    Outcome unknown = project.kith().run("query", "select 1", "--release", "7");
    Outcome early = project.kith().run("ls", "--at", "2020-01-31");
    Outcome never = project.kith().run("ls", "--at", "yesterday");
    Outcome nowhere = project.kith().run("history", "--env", "trial");

    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.err())
        .contains("error[R015]: Cannot find a release of 'prod': 7")
        .contains("releases 1 (of ")
        .contains(" are kept; 'kith history' lists them");
    assertThat(early.err()).contains("error[R015]: Cannot find what readers of 'prod' saw at");
    assertThat(never.err()).contains("error[C012]: Cannot be a time: yesterday");
    assertThat(never.exitCode()).isEqualTo(2);
    assertThat(nowhere.all()).contains("Nothing has happened yet");
  }

  @Test
  void historyTellsWhoDidWhatAndWhy() throws IOException {
    project.kith().succeed("rollback");
    project.kith().run("run");

    JsonNode entries = json("history");

    assertThat(entries).hasSize(3);
    assertThat(entries.get(0).get("release").get("rolled_back_to").asText())
        .isEqualTo(release("1").id());
    assertThat(entries.get(0).get("by").asText()).isEqualTo(System.getProperty("user.name"));
    assertThat(entries.get(1).get("release").get("number").asInt()).isEqualTo(2);
    assertThat(entries.get(1).get("run").get("status").asText()).isEqualTo("succeeded");
    assertThat(json("history", "-n", "1")).hasSize(1);
    assertThat(project.kith().succeed("history").out())
        .containsPattern("\\* 3 .* rolled back to prod:1 +· +published")
        .contains("! paused since");
    String run = entries.get(1).get("run").get("id").asText();
    assertThat(json("history", run)).isEqualTo(entries.get(1));
    assertThat(project.kith().succeed("history", "2").out())
        .startsWith("Release 2  prod-000002-")
        .contains("command   kith run")
        .contains("changed   ");
  }

  private String rows(String... query) {
    return project
        .kith()
        .succeed(
            java.util.stream.Stream.concat(
                    java.util.stream.Stream.of("query", "--format", "csv"),
                    java.util.stream.Stream.of(query))
                .toArray(String[]::new))
        .out()
        .replace("\r\n", "\n");
  }

  private JsonNode json(String... command) throws IOException {
    List<String> all = new java.util.ArrayList<>(List.of(command));
    all.addAll(List.of("--format", "json"));
    return new ObjectMapper().readTree(project.kith().succeed(all.toArray(String[]::new)).out());
  }

  private Release release(String name) {
    try (var workspace = Published.workspace(project.path())) {
      return workspace.releases().find(new ReleaseReference.Named("prod", name));
    }
  }

  /** The tables that are other snapshots. */
  private static List<String> changed(Release before, Release after) {
    return after.entries().entrySet().stream()
        .filter(
            entry ->
                !before
                    .entry(entry.getKey())
                    .map(ReleaseEntry::version)
                    .equals(java.util.Optional.of(entry.getValue().version())))
        .map(Map.Entry::getKey)
        .map(TableName::toString)
        .toList();
  }
}
