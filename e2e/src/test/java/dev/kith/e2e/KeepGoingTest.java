package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.e2e.KithCommand.Outcome;
import dev.kith.lake.RunStep;
import dev.kith.lake.RunStep.Action;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table that fails stops what depends on it, nothing else, and publication. */
class KeepGoingTest {

  private static final int FAULT = 1;
  private static final int CHECK = 3;
  private static final int OUTSIDE = 4;

  @TempDir Path temporary;
  private ProjectFolder project;
  private Map<String, List<String>> before;

  @BeforeEach
  void publish() throws IOException {
    project = ShopProject.firstInput(temporary.resolve("shop"));
    project.kith().succeed("run");
    before = Published.in(project.path()).orElseThrow();
    ShopProject.secondInput(project);
  }

  @Test
  void aTableThatFailsStopsWhatDependsOnIt() throws IOException {
    project.replace("tables/lines.sql", "quantity * price", "error('no') :: decimal(10,2)");

    Outcome outcome = project.kith().run("run", "--keep-going");

    assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(FAULT);
    assertThat(outcome.out())
        .containsPattern("✗ lines .*no")
        .containsPattern("· customer .*skipped, it needs lines")
        .containsPattern("✓ products")
        .containsPattern("✓ pages");
    assertThat(outcome.err())
        .contains("error[E001]")
        .contains("failed: lines (E001); skipped: 1; nothing was published");
    assertThat(Published.in(project.path())).contains(before);

    project.replace("tables/lines.sql", "error('no') :: decimal(10,2)", "quantity * price");
    project.kith().succeed("run");

    assertThat(RunRecords.stepsOfTheLast(project))
        .filteredOn(step -> step.action() != Action.KEEP)
        .extracting(step -> step.table().toString())
        .containsExactlyInAnyOrder("lines", "customer");
    assertSameAsUndisturbed();
  }

  @Test
  void aSourceThatFailsStopsWhatDependsOnIt() throws IOException {
    project.file("data/orders-4.csv", "order_id,customer_id\n\"never closed\n\u0000");
    project.replace("sources/orders.yaml", "max_rejected: unlimited", "max_rejected: 0");

    Outcome outcome = project.kith().run("run", "--keep-going");

    assertThat(outcome.exitCode()).as(outcome.all()).isNotZero();
    assertThat(outcome.out())
        .containsPattern("✗ orders ")
        .containsPattern("· products .*skipped, it needs orders")
        .containsPattern("✓ pages");
    assertThat(Published.in(project.path())).contains(before);
  }

  @Test
  void aCheckThatFailsCountsAsAFault() throws IOException {
    project.replace(
        "tables/products.sql",
        "key: product",
        "key: product\nchecks:\n  - range: {sold: {max: 0}}");

    Outcome outcome = project.kith().run("run", "--keep-going");

    assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(CHECK);
    assertThat(outcome.out()).containsPattern("✓ customer");
    assertThat(outcome.err())
        .contains("error[R008]")
        .contains("failed: products (R008); nothing was published");
    assertThat(Published.in(project.path())).contains(before);

    project.replace("tables/products.sql", "{max: 0}", "{min: -100}");
    project.kith().succeed("run");

    assertThat(RunRecords.stepsOfTheLast(project))
        .extracting(RunStep::action)
        .containsOnly(Action.KEEP, Action.CHECK);
  }

  @Test
  void theFirstOfSeveralFaultsDecidesTheExitCode() throws IOException {
    project
        .replace("tables/lines.sql", "quantity * price", "error('no') :: decimal(10,2)")
        .replace(
            "tables/products.sql",
            "key: product",
            "key: product\nchecks:\n  - range: {sold: {max: 0}}");

    Outcome outcome = project.kith().run("run", "--keep-going");

    int first = outcome.err().contains("failed: lines (E001), products (R008)") ? FAULT : CHECK;
    assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(first);
    assertThat(outcome.err()).contains("lines (E001)").contains("products (R008)");
  }

  @Test
  void anotherRunIsWaitedForAsLongAsAsked() throws Exception {
    try (LeaseHeld other = LeaseHeld.of(project)) {
      Outcome atOnce = project.kith().run("run");
      assertThat(atOnce.exitCode()).isEqualTo(OUTSIDE);
      assertThat(atOnce.err())
          .contains("error[L006]")
          .contains("pid " + ProcessHandle.current().pid());

      Outcome afterAWhile = project.kith().run("run", "--wait", "1s");
      assertThat(afterAWhile.exitCode()).isEqualTo(OUTSIDE);
      assertThat(afterAWhile.err()).contains("Waiting: ").contains("error[L006]");

      Thread release =
          new Thread(
              () -> {
                try {
                  Thread.sleep(1500);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                other.lease().close();
              });
      release.start();
      assertThat(project.kith().succeed("run", "--wait", "10m").out())
          .contains("Published release 2");
      release.join();
    }
    assertSameAsUndisturbed();
  }

  private void assertSameAsUndisturbed() throws IOException {
    ProjectFolder undisturbed = ShopProject.firstInput(temporary.resolve("undisturbed"));
    undisturbed.kith().succeed("run");
    ShopProject.secondInput(undisturbed);
    undisturbed.kith().succeed("run");
    assertThat(Published.in(project.path())).isEqualTo(Published.in(undisturbed.path()));
  }
}
