package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * However a project was edited between its runs, readers see what a new project with the same
 * definitions and data shows.
 */
class DefinitionEditsTest {

  private static final int STEPS = Integer.getInteger("kith.rounds", 1) * 6;

  private final long seed = Long.getLong("kith.seed", new Random().nextLong());
  private final Random random = new Random(seed);

  @TempDir Path temporary;

  /** Each is made, and taken back the next time that it comes up. */
  private record Edit(String file, String from, String to) {}

  private static final List<Edit> EDITS =
      List.of(
          new Edit("tables/lines.sql", "quantity * price AS amount", "price AS amount"),
          new Edit("tables/lines.sql", "SELECT order_id,", "SELECT product, order_id,"),
          new Edit("tables/lines.sql", "FROM orders", "FROM orders WHERE quantity < 4"),
          new Edit("tables/pages.sql", "upper(page) AS page", "lower(page) AS page"),
          new Edit(
              "tables/pages.sql",
              "customer_id, visited_at",
              "CAST(3 AS BIGINT) AS customer_id, visited_at"),
          new Edit("tables/products.sql", "sum(quantity) AS sold", "max(quantity) AS sold"),
          new Edit("profiles/customer.yaml", "spend: sum(amount)", "spend: max(amount)"),
          new Edit("profiles/customer.yaml", "orders: count(*)", "orders: count(distinct amount)"),
          new Edit(
              "profiles/customer.yaml", "attributes: [name, country]", "attributes: [country]"),
          new Edit(
              "profiles/customer.yaml",
              "pages: count(*)",
              "pages: count(*), seen: max(visited_at)"),
          new Edit("tables/loyal.sql", "orders > 1", "orders > 0"));

  @Test
  void whatIsKeptIsWhatWouldBeBuilt() throws IOException {
    ProjectFolder project = DefinitionChangeTest.project(temporary.resolve("edited"));
    project.kith().succeed("run");
    List<Edit> made = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      if (step == STEPS / 2) {
        ShopProject.moreVisits(project);
      }
      for (int i = random.nextInt(2); i >= 0; i--) {
        Edit edit = EDITS.get(random.nextInt(EDITS.size()));
        boolean back = made.remove(edit);
        if (!back) {
          made.add(edit);
        }
        project.replace(
            edit.file(), back ? edit.to() : edit.from(), back ? edit.from() : edit.to());
      }
      project.kith().succeed("run");

      assertThat(Published.withoutOrigins(project.path()))
          .as("seed %d, step %d, %s", seed, step, made)
          .isEqualTo(fromNothing(project, temporary.resolve("fresh-" + step)));
    }
  }

  private static Map<String, List<String>> fromNothing(ProjectFolder project, Path folder)
      throws IOException {
    ProjectFolder fresh = project.copyTo(folder);
    new ProjectFolder(fresh.path().resolve(".kith")).deleteAll();
    assertThat(Files.exists(fresh.path().resolve(".kith/warehouse"))).isFalse();
    fresh.kith().succeed("run");
    return Published.withoutOrigins(fresh.path());
  }
}
