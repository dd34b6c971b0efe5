package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.e2e.KithCommand.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan says what a run does, and writes nothing. */
class PlanTest {

  @TempDir static Path shared;
  @TempDir Path temporary;

  private static ProjectFolder built;
  private ProjectFolder project = new ProjectFolder(Path.of("."));

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
  void aPlanOfAProjectThatWasNeverRunMakesNothing() throws IOException {
    ProjectFolder fresh = ShopProject.firstInput(temporary.resolve("fresh"));

    Outcome plan = fresh.kith().succeed("plan");

    assertThat(plan.out()).contains("for the first release").contains("never built");
    assertThat(fresh.path().resolve(".kith/warehouse")).doesNotExist();
    assertThat(fresh.path().resolve(".kith/kith.db")).doesNotExist();
  }

  @Test
  void aPlanLeavesEveryByteAsItWas() throws IOException {
    ShopProject.secondInput(project);
    Map<String, Long> before = checksums();

    project.kith().succeed("plan");
    project.kith().succeed("plan", "--format", "json");

    assertThat(checksums()).isEqualTo(before).hasSizeGreaterThan(20);
  }

  /** Its library takes longer to load than all else that a short command does. */
  @ParameterizedTest
  @ValueSource(strings = {"plan", "run"})
  void whatIsUpToDateIsFoundOutWithoutDuckDb(String command)
      throws IOException, InterruptedException {
    Path classes = temporary.resolve("classes");

    Outcome outcome =
        project.kith().with("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + classes).fork(command);

    assertThat(outcome.exitCode()).as(outcome.all()).isZero();
    assertThat(outcome.all()).contains("Everything is up to date");
    assertThat(Files.readString(classes))
        .contains("dev.kith.sql.SqlAnalyzer ")
        .doesNotContain("org.duckdb.DuckDBNative ");
  }

  @Test
  void whatIsUpToDateIsTold() {
    assertThat(project.kith().succeed("plan").out())
        .contains("nothing new")
        .contains("Everything is up to date");
  }

  @Test
  void whatChangesForReadersIsTold() throws IOException {
    project.replace("tables/pages.sql", "upper(page) AS page", "length(page) AS letters");

    String plan = project.kith().succeed("plan").out();

    assertThat(plan)
        .containsPattern("\\+ pages +definition changed: letters, page; 3 columns stay")
        .containsPattern("· customer +up to date\n +uses no changed column of pages")
        .contains("+ letters BIGINT")
        .contains("− page")
        .contains("used by customer");
  }

  @Test
  void newFilesAreCountedAndWhatFollowsThemIsBuilt() throws IOException {
    ShopProject.moreVisits(project);

    assertThat(project.kith().succeed("plan").out())
        .containsPattern("visits +will read what is new in 1 file")
        .containsPattern("pages +visits changed")
        .containsPattern("lines +up to date");
  }

  @Test
  void whatEachWayOfUpdatingAProfileCostsIsTold() {
    assertThat(project.kith().succeed("plan", "--as-of", "2020-02-23").out())
        .containsPattern("customer +as of 2020-02-22 00:00 → 2020-02-23 00:00")
        .contains("the people whose rows can have changed\n")
        .containsPattern("costs about \\d+ rows \\(from state: \\S+ M, everybody: 10\\)");
    assertThat(project.kith().succeed("plan", "--as-of", "2020-02-23", "-f", "json").out())
        .containsPattern("\"method\" : \"touched\",\\s+\"costs\" : \\{\\s+\"delta\" : \\d+")
        .contains("\"whole\" : 10,");

    project.kith().succeed("run", "--as-of", "2020-02-23", "--strategy", "delta");

    assertThat(project.kith().succeed("plan", "--as-of", "2020-02-24", "--strategy", "delta").out())
        .contains("from its state")
        .containsPattern("costs about \\S+ M rows \\(touched people: \\d+, everybody: 10\\)");
  }

  @Test
  void aPinnedPlanIsAppliedThoughSourcesHaveNewRows() throws IOException {
    project.replace("tables/pages.sql", "upper(page)", "lower(page)");
    project.kith().succeed("plan", "-o", "pinned.plan");
    ShopProject.moreVisits(project);

    project.kith().succeed("run", "--plan", "pinned.plan");

    assertThat(
            project.kith().succeed("query", "-f", "csv", "select page from pages order by 1").out())
        .isEqualToNormalizingNewlines("page\nhome\nhome\nmugs\n");
  }

  @Test
  void aPinnedPlanIsRefusedOnceADefinitionOrTheReleaseIsAnother() throws IOException {
    project.kith().succeed("plan", "-o", "pinned.plan");
    project.replace("tables/pages.sql", "upper(page)", "lower(page)");

    Outcome changed = project.kith().run("run", "--plan", "pinned.plan");
    assertThat(changed.exitCode()).as(changed.all()).isEqualTo(1);
    assertThat(changed.err()).contains("'pages' was changed");

    project.kith().succeed("run");
    Outcome published = project.kith().run("run", "--plan", "pinned.plan");
    assertThat(published.err()).contains("readers now see");
  }

  @Test
  void onlyWhatIsSelectedIsBroughtUpToDate() throws IOException {
    ShopProject.moreVisits(project);
    project.replace("tables/products.sql", "key: product", "key: product\ntags: [daily]");

    assertThat(project.kith().succeed("run", "--select", "tag:daily").out())
        .contains("Everything is up to date");
    assertThat(project.kith().succeed("plan", "--select", "visits+").out())
        .containsPattern("visits +will read")
        .containsPattern("pages +visits changed")
        .containsPattern("customer +pages changed")
        .containsPattern("products +not selected");
    Outcome unknown = project.kith().run("run", "--select", "custmer");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("did you mean 'customer'?");
  }

  @Test
  void aTableWhoseInputWasNeverPublishedCannotBeSelectedAlone() throws IOException {
    ProjectFolder fresh = ShopProject.firstInput(temporary.resolve("fresh"));

    Outcome outcome = fresh.kith().run("run", "--select", "pages");

    assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(2);
    assertThat(outcome.err()).contains("--select +pages");
  }

  /** Of all files of the warehouse and its database, without those that SQLite reads by. */
  private Map<String, Long> checksums() throws IOException {
    Map<String, Long> sums = new TreeMap<>();
    for (String name : project.files(".kith").keySet()) {
      boolean readersOnly = name.endsWith("-shm") || name.endsWith("-wal");
      boolean state = List.of("warehouse", "kith.db").stream().anyMatch(name::contains);
      if (state && !readersOnly) {
        java.util.zip.CRC32 sum = new java.util.zip.CRC32();
        sum.update(Files.readAllBytes(project.path().resolve(name)));
        sums.put(name, sum.getValue());
      }
    }
    return sums;
  }

  @Test
  void theDayStaysWhereNoSourceIsSelected() throws IOException {
    project.replace("profiles/customer.yaml", "spend: sum(amount)", "spend: max(amount)");

    assertThat(project.kith().succeed("plan", "--select", "customer").out())
        .contains("as of 2020-02-22 00:00");
    assertThat(project.kith().succeed("run", "--select", "customer").out())
        .contains("as of 2020-02-22 00:00");
  }
}
