package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.lake.RunStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three projects read the same files release by release, while a definition is edited now and then:
 * one only updates its profiles from their state, one by either way of updating, the third computes
 * them anew. A failure prints the seed; {@code -Dkith.seed=N -Dkith.cases=1} repeats it.
 */
class UpdatedProfileTest {

  private static final int CASES = Integer.getInteger("kith.cases", 2);
  private static final int RELEASES = Integer.getInteger("kith.releases", 6);
  private static final long SEED = Long.getLong("kith.seed", 1_031L);
  private static final LocalDateTime BEGIN = LocalDateTime.of(2020, 3, 1, 0, 0);
  private static final String[] PRODUCTS = {"Mug", "Teapot", "Lamp", "커피"};

  /** Edits of a profile: each is made, and taken back the next time that it comes up. */
  private static final String[][] EDITS = {
    {"favourite: mode(product)", "favourite: max(product)"},
    {"seats: sum(seats)", "seats: sum(seats), most: max(seats)"},
    {"latest: 3", "latest: 2"},
    {"attributes: [country]", "attributes: [country]\nmetrics: {half: seats / 2}"},
    {"newest: last(product)", "newest: first(product)"},
  };

  @TempDir Path temporary;
  private long amended;

  @Test
  void updatedIsAsComputedAnew() throws IOException {
    for (int i = 0; i < CASES; i++) {
      long seed = SEED + i;
      Random random = new Random(seed);
      ProjectFolder delta = project(temporary.resolve("delta-" + i));
      ProjectFolder either = project(temporary.resolve("either-" + i));
      ProjectFolder anew = project(temporary.resolve("anew-" + i));
      LocalDate asOf = BEGIN.toLocalDate().plusDays(25 + random.nextInt(10));
      List<String> files = new ArrayList<>();
      for (int release = 1; release <= RELEASES; release++) {
        change(random, release, asOf, files, List.of(delta, either, anew));
        if (release == 2) {
          delta.kith().succeed("clean");
          assertThat(plan(delta, asOf)).contains("from its state");
        }
        if (release > 2 && random.nextBoolean()) {
          edit(EDITS[random.nextInt(EDITS.length)], List.of(delta, either, anew));
        }
        run(delta, "delta", asOf);
        run(either, random.nextBoolean() ? "delta" : "touched", asOf);
        amended += amendments(either);
        run(anew, "full", asOf);
        List<String> rows = rows(anew);
        assertThat(List.of(rows(delta), rows(either)))
            .as("seed %s, release %s, as of %s", seed, release, asOf)
            .allSatisfy(updated -> assertThat(updated).isEqualTo(rows));
        int[] steps = {0, 1, 1, 1, 7, 31, -3};
        asOf = asOf.plusDays(steps[random.nextInt(steps.length)]);
      }
    }
    if (CASES >= 2) {
      assertThat(amended).isPositive();
    }
  }

  private static void edit(String[] edit, List<ProjectFolder> projects) throws IOException {
    for (ProjectFolder project : projects) {
      Path profile = project.path().resolve("profiles/customer.yaml");
      boolean made = Files.readString(profile).contains(edit[1]);
      project.replace("profiles/customer.yaml", edit[made ? 1 : 0], edit[made ? 0 : 1]);
    }
  }

  private static long amendments(ProjectFolder project) {
    return RunRecords.stepsOfTheLast(project).stream()
        .filter(step -> step.action() == RunStep.Action.UPDATE)
        .filter(step -> step.reason().startsWith("definition changed"))
        .count();
  }

  private static void run(ProjectFolder project, String strategy, LocalDate asOf) {
    project.kith().succeed("run", "--strategy", strategy, "--as-of", asOf.toString());
  }

  private static String plan(ProjectFolder project, LocalDate asOf) {
    return project.kith().succeed("plan", "--strategy", "delta", "--as-of", asOf.toString()).out();
  }

  private static List<String> rows(ProjectFolder project) {
    List<String> rows = new ArrayList<>();
    for (String profile : List.of("customer", "visitor")) {
      String query = "select * from " + profile + " order by customer_id";
      rows.addAll(project.kith().succeed("query", query, "-f", "csv").out().lines().toList());
    }
    return rows;
  }

  /** Rows come, come again, are corrected or go with their file. */
  static void change(
      Random random, int release, LocalDate asOf, List<String> orders, List<ProjectFolder> projects)
      throws IOException {
    StringBuilder lines = new StringBuilder("order_id,customer_id,ordered_at,product,amount\n");
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      lines.append(
          "%d,%d,%s,%s,%d.%02d%n"
              .formatted(
                  release * 100 + i,
                  1 + random.nextInt(5),
                  time(random, asOf),
                  PRODUCTS[random.nextInt(PRODUCTS.length)],
                  random.nextInt(50),
                  random.nextInt(100)));
    }
    String name = "data/orders-" + release + ".csv";
    StringBuilder bookings = new StringBuilder("booking,customer_id,starts_at,seats\n");
    for (int i = release == 1 ? 6 : random.nextInt(3); i > 0; i--) {
      bookings.append(
          "%d,%d,%s,%d%n"
              .formatted(
                  1 + random.nextInt(9),
                  1 + random.nextInt(5),
                  time(random, asOf),
                  1 + random.nextInt(4)));
    }
    StringBuilder customers = new StringBuilder("customer_id,country,changed_at\n");
    for (int i = release == 1 ? 4 : random.nextInt(2); i > 0; i--) {
      customers.append(
          "%d,%s,%s%n"
              .formatted(
                  release == 1 ? i : 1 + random.nextInt(5),
                  random.nextBoolean() ? "KR" : "GB",
                  time(random, asOf)));
    }
    boolean gone = orders.size() > 1 && random.nextInt(3) == 0;
    String removed = gone ? orders.remove(random.nextInt(orders.size())) : "";
    for (ProjectFolder project : projects) {
      project
          .file(name, lines.toString())
          .file("data/bookings-" + release + ".csv", bookings.toString())
          .file("data/customers-" + release + ".csv", customers.toString());
      if (gone) {
        project.delete(removed);
      }
    }
    orders.add(name);
  }

  /** Up to two months before the instant, or soon after it; often a local midnight. */
  static String time(Random random, LocalDate asOf) {
    LocalDateTime time = asOf.plusDays(10 - random.nextInt(70)).atStartOfDay();
    LocalDateTime some = random.nextInt(3) == 0 ? time : time.plusMinutes(random.nextInt(1440));
    return some.toString().replace('T', ' ') + ":00";
  }

  static ProjectFolder project(Path path) throws IOException {
    return ProjectFolder.at(path)
        .file(
            "kith.yaml",
            """
            kith: 1
            name: shop
            timezone: Europe/London
            threads: 1
            """)
        .file(
            "sources/orders.yaml",
            """
            source: orders
            kind: events
            at: ordered_at
            id: order_id
            from: {files: data/orders*.csv, on_removed_file: delete}
            columns:
              amount: decimal(10,2)
            """)
        .file(
            "sources/bookings.yaml",
            """
            source: bookings
            kind: entity
            key: booking
            at: starts_at
            from: {files: data/bookings*.csv}
            """)
        .file(
            "sources/customers.yaml",
            """
            source: customers
            kind: entity
            key: customer_id
            changed_at: changed_at
            from: {files: data/customers*.csv}
            """)
        .file(
            "profiles/customer.yaml",
            """
            profile: customer
            key: customer_id
            from: customers
            attributes: [country]
            transactions: {from: orders, latest: 3, columns: [ordered_at, product]}
            measures:
              - from: orders
                over: [1d, 7d, 1mo, ever]
                define:
                  spend: sum(amount)
                  orders: count(*)
                  products: count(distinct product)
                  favourite: mode(product)
                  newest: last(product)
                  sittings: sessions(60 minutes)
              - from: bookings
                over: [30d, ever]
                define: {seats: sum(seats)}
            """)
        .file(
            "profiles/visitor.yaml",
            """
            profile: visitor
            key: customer_id
            from: {keys_of: [orders, bookings]}
            measures:
              - from: orders
                over: [2w, ever]
                define: {last_order: max(ordered_at), spend: sum(amount)}
            metrics:
              days_since_order: date_diff('day', last_order, as_of)
              spend_twice: spend * 2
            """);
  }
}
