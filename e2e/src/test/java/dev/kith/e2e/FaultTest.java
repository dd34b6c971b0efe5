package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.e2e.KithCommand.Outcome;
import dev.kith.lake.RunLease;
import dev.kith.lake.Warehouse;
import dev.kith.lake.WarehouseLocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong has a clear message and an exit code, loses nothing and publishes nothing. */
class FaultTest {

  private static final int FAULT = 1;
  private static final int USAGE = 2;
  private static final int OUTSIDE = 4;

  @TempDir static Path shared;
  @TempDir Path temporary;

  private static ProjectFolder fresh;
  private static ProjectFolder built;
  private static Map<String, List<String>> before;

  @BeforeAll
  static void build() throws IOException {
    fresh = ShopProject.firstInput(shared.resolve("fresh"));
    built = fresh.copyTo(shared.resolve("built"));
    built.kith().succeed("run");
    before = Published.in(built.path()).orElseThrow();
  }

  @Test
  void aMisspeltColumnIsAnErrorWithASuggestion() throws IOException {
    ProjectFolder project = copyOfBuilt();
    project.replace("profiles/customer.yaml", "sum(amount)", "sum(amout)");

    Outcome outcome = project.kith().run("run");

    assertFault(outcome, FAULT);
    assertThat(outcome.err())
        .contains("profiles/customer.yaml:8:")
        .contains("error[M003]")
        .contains("did you mean 'amount'?");
    assertUntouched(project);
  }

  @Test
  void allErrorsAreReportedAtOnce() throws IOException {
    ProjectFolder project = copyOfBuilt();
    project
        .replace("profiles/customer.yaml", "sum(amount)", "summ(amount)")
        .replace("tables/products.sql", "sum(quantity)", "sum(quantiti)")
        .file("sources/stray.yaml", "source: stray\nkind: event\nfrom: {files: data/x.csv}\n");

    Outcome outcome = project.kith().run("validate");

    assertFault(outcome, FAULT);
    assertThat(outcome.err())
        .contains("profiles/customer.yaml:")
        .contains("tables/products.sql:")
        .contains("sources/stray.yaml:2:7: error[P006]")
        .contains("3 errors");
  }

  @Test
  void badRowsAreDivertedWithTheirTextAndTheReason() throws IOException {
    ProjectFolder project = copyOfBuilt();
    project.file(
        "data/orders-9.csv",
        """
        order_id,customer_id,ordered_at,product,quantity,price
        5001,1,2020-03-01 10:00:00,Mug,1
        5002,1,yesterday,Mug,1,1.00
        5003,1,2020-03-01 10:00:00,찻잔 🫖,1,1.00
        5004,1,2020-03-01 10:00:00,"never closed,1,1.00
        """);

    Outcome run = project.kith().succeed("run");

    assertThat(run.out()).contains("3 rejected").contains("orders_rejected");
    String rejected =
        project
            .kith()
            .succeed(
                "query",
                "select reason, raw, _origin from orders_rejected order by _origin",
                "-f",
                "csv")
            .out();
    assertThat(rejected)
        .contains("data/orders-9.csv:2")
        .contains("data/orders-9.csv:3")
        .contains("data/orders-9.csv:5")
        .contains("5001,1,2020-03-01 10:00:00,Mug,1")
        .contains("yesterday")
        .contains("never closed");
    assertThat(rejected.lines()).hasSize(1 + 3 + 1);
    String good = "select product from orders where order_id = 5003";
    assertThat(project.kith().succeed("query", good).out()).contains("찻잔 🫖");
    assertThat(project.kith().succeed("run").out()).contains("Everything is up to date");
  }

  @Test
  void aFileInAnotherEncodingSaysHowToDeclareIt() throws IOException {
    ProjectFolder project = copyOfBuilt();
    String text = "visit_id,customer_id,visited_at,page\nz,1,2020-01-04 10:00:00,Th\u00e9\n";
    project.replace("sources/visits.yaml", "data/visits*.ndjson", "data/visits*");
    Path file = project.path().resolve("data/visits-3.csv");
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));

    Outcome outcome = project.kith().run("run");

    assertFault(outcome, FAULT);
    assertThat(outcome.err()).contains("data/visits-3.csv:2").contains("encoding: windows-1252");
    assertUntouched(project);
  }

  @Test
  void tooManyRejectedRowsStopTheRun() throws IOException {
    ProjectFolder project = copyOfFresh();
    project.replace("sources/orders.yaml", "max_rejected: unlimited", "max_rejected: 1%");

    Outcome outcome = project.kith().run("run");

    assertFault(outcome, FAULT);
    assertThat(outcome.err())
        .contains("orders")
        .contains("max_rejected")
        .contains("data/orders-1.csv:4")
        .contains("'0' is below 1");
    Outcome query = project.kith().run("query", "select 1 from orders");
    assertFault(query, FAULT);
    assertThat(query.err()).contains("error[R001]").contains("nothing has been published yet");
    project.replace("sources/orders.yaml", "max_rejected: 1%", "max_rejected: unlimited");
    project.kith().succeed("run");
    assertThat(Published.in(project.path())).contains(before);
  }

  @Test
  void aFileThatChangedInPlaceSaysWhatToDo() throws IOException {
    ProjectFolder project = copyOfBuilt();
    project.replace("data/orders-1.csv", "Teapot", "Kettle");

    Outcome outcome = project.kith().run("run");

    assertFault(outcome, FAULT);
    assertThat(outcome.err()).contains("data/orders-1.csv").contains("help:");
    assertUntouched(project);
  }

  @Test
  void aMissingFileIsAnErrorAndNoRowIsLost() throws IOException {
    ProjectFolder project = copyOfFresh();
    project.delete("data/visits-1.ndjson");

    Outcome outcome = project.kith().run("run");

    assertFault(outcome, FAULT);
    assertThat(outcome.err()).contains("data/visits*.ndjson").contains("sources/visits.yaml");
    assertThat(Published.in(project.path())).isEmpty();
  }

  @Test
  void aWarehouseThatCannotBeMadeIsAFaultOutside() throws IOException {
    ProjectFolder project = copyOfFresh();
    project.replace("kith.yaml", "kith: 1", "kith: 1\nwarehouse: data/orders-1.csv/warehouse");

    Outcome outcome = project.kith().run("run");

    assertFault(outcome, OUTSIDE);
    assertThat(outcome.err()).contains("orders-1.csv/warehouse");
  }

  @Test
  void aSecondRunOfTheSameProjectIsRefused() throws Exception {
    ProjectFolder project = copyOfBuilt();
    WarehouseLocation location = WarehouseLocation.of(project.path(), Path.of(".kith/warehouse"));
    try (Warehouse warehouse = Warehouse.open(location, Clock.systemUTC());
        RunLease lease = warehouse.leases().acquire("run", Duration.ZERO)) {
      Outcome outcome = project.kith().fork("run");
      assertFault(outcome, OUTSIDE);
      assertThat(outcome.err())
          .contains("pid " + ProcessHandle.current().pid())
          .contains("is using this project");
      lease.check();
    }
    assertUntouched(project);
  }

  @Test
  void aFullDiskPublishesNothingAndLosesNothing() throws Exception {
    ProjectFolder project = copyOfFresh();
    try (SmallDisk disk = SmallDisk.mount(temporary.resolve("disk"), "1m")) {
      project.replace(
          "kith.yaml", "kith: 1", "kith: 1\nwarehouse: " + disk.folder().resolve("warehouse"));
      project.kith().succeed("run");
      Random random = new Random(7);
      StringBuilder visits = new StringBuilder();
      for (int i = 0; i < 40_000; i++) {
        visits
            .append("{\"visit_id\": \"")
            .append(Long.toHexString(random.nextLong()))
            .append(Long.toHexString(random.nextLong()))
            .append("\", \"customer_id\": 1, \"visited_at\": \"2020-01-04 10:00:00\", \"page\": \"")
            .append(Long.toHexString(random.nextLong()))
            .append("\"}\n");
      }
      project.file("data/visits-2.ndjson", visits.toString());

      Outcome outcome = project.kith().run("run");

      assertFault(outcome, OUTSIDE);
      assertThat(outcome.err()).containsIgnoringCase("no space left");
      assertThat(Published.in(project.path())).contains(before);
      disk.resize("64m");
      project.kith().succeed("run");
      assertThat(Published.in(project.path()).orElseThrow().get("visits")).hasSize(40_002);
      assertThat(project.kith().succeed("run").out()).contains("Everything is up to date");
    }
  }

  @Test
  void anUnknownCommandOrOptionIsAFaultOfUsage() {
    Outcome command = built.kith().run("rum");
    assertFault(command, USAGE);
    assertThat(command.err()).contains("rum").contains("run");
    Outcome option = built.kith().run("run", "--asof", "2020-01-01");
    assertFault(option, USAGE);
    assertThat(option.err()).contains("--asof");
    Outcome date = built.kith().run("run", "--as-of", "yesterday");
    assertFault(date, USAGE);
    assertThat(date.err()).contains("yesterday");
  }

  @Test
  void outsideOfAProjectThereIsNothingToDo() {
    Outcome outcome = KithCommand.in(temporary).run("run");
    assertFault(outcome, USAGE);
    assertThat(outcome.err()).contains("kith.yaml").contains("kith init");
  }

  @Test
  void aWrongQueryIsShownWhereItIsWrong() {
    Outcome outcome = built.kith().run("query", "select spent from customer");
    assertFault(outcome, FAULT);
    assertThat(outcome.err()).contains("error[S012]").contains("spent");
    Outcome table = built.kith().run("query", "select 1 from custommer");
    assertFault(table, FAULT);
    assertThat(table.err()).contains("customer");
    Outcome file = built.kith().run("query", "select * from read_csv('data/orders-1.csv')");
    assertFault(file, FAULT);
    assertThat(file.err()).contains("error[S006]");
  }

  @Test
  void nobodyHasTheKey() {
    Outcome outcome = built.kith().run("show", "customer", "99");
    assertFault(outcome, FAULT);
    assertThat(outcome.err()).contains("customer").contains("99");
  }

  @Test
  void stackTracesAreForThoseWhoAsk() {
    Outcome outcome = built.kith().run("show", "customer", "99", "--stacktrace");
    assertThat(outcome.exitCode()).isEqualTo(FAULT);
    assertThat(outcome.err()).contains("\tat dev.kith.");
  }

  private static void assertFault(Outcome outcome, int exitCode) {
    assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(exitCode);
    assertThat(outcome.err()).contains("error").doesNotContain("\tat ").doesNotContain("Exception");
  }

  private static void assertUntouched(ProjectFolder project) {
    assertThat(Published.in(project.path())).contains(before);
  }

  private ProjectFolder copyOfBuilt() throws IOException {
    return built.copyTo(temporary.resolve("project"));
  }

  private ProjectFolder copyOfFresh() throws IOException {
    return fresh.copyTo(temporary.resolve("project"));
  }
}
