package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.e2e.KithCommand.Outcome;
import dev.kith.lake.Failpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Answers about other instants are the same from the copies of events as from the events. A failure
 * prints the seed; {@code -Dkith.seed=N} repeats it.
 */
class AsOfCopyTest {

  private static final int KILLED = 137;
  private static final int RELEASES = Integer.getInteger("kith.releases", 5);
  private static final long SEED = Long.getLong("kith.seed", 2_315L);
  private static final List<String> PROFILES =
      List.of("profiles/customer.yaml", "profiles/visitor.yaml");

  /** So that a copy follows what comes and goes, which is little, and is not made anew. */
  private static final int MANY = 120;

  private static final String ASKS = "as_of_copy: true\n";
  private static final String SPENT = "spend: sum(amount)}";
  private static final String BOUGHT = "different: count(distinct product), " + SPENT;
  private static final String BOUGHT_DEAR =
      "different: count(distinct product) filter (where amount > 20), " + SPENT;

  @TempDir Path temporary;

  @Test
  void answersFromCopiesAreThoseFromEvents() throws Exception {
    Random random = new Random(SEED);
    ProjectFolder shop = shop();
    LocalDate asOf = LocalDate.of(2020, 4, 1);
    List<String> files = new ArrayList<>();
    for (int release = 1; release <= RELEASES; release++) {
      UpdatedProfileTest.change(random, release, asOf, files, List.of(shop));
      if (release == 3) {
        shop.replace("profiles/visitor.yaml", BOUGHT, BOUGHT_DEAR);
      }
      shop.kith().succeed("run", "--as-of", asOf.toString());
      if (release == 4) {
        shop.kith().succeed("clean", "--grace", "0");
        assertThat(copies(shop)).hasSize(4);
      }
      String people = people(random, asOf);
      List<List<String>> fromCopies = answers(shop, people);
      List<String> table = table(shop);
      ask(shop, false);
      assertThat(fromCopies)
          .as("seed %d, release %d, %s", SEED, release, people)
          .isEqualTo(answers(shop, people));
      assertThat(table)
          .as("seed %d, release %d", SEED, release)
          .isEqualTo(sorted(shop.kith().succeed("asof", "moments", "-f", "csv").out()));
      ask(shop, true);
      asOf = asOf.plusDays(random.nextInt(3));
    }
    assertThat(from(shop)).contains("orders: from its copy", "bookings: from its copy");
    ask(shop, false);
    assertThat(from(shop)).doesNotContain("from its copy");
  }

  /** What a run that is killed has left is taken for what it is, whatever it is. */
  @Test
  void aKilledRunLeavesCopiesOfWhatTheyAre() throws Exception {
    Random random = new Random(SEED);
    LocalDate asOf = LocalDate.of(2020, 4, 1);
    List<String> files = new ArrayList<>();
    ProjectFolder before = shop();
    for (int release = 1; release <= 2; release++) {
      UpdatedProfileTest.change(random, release, asOf, files, List.of(before));
      before.kith().succeed("run", "--as-of", asOf.toString());
    }
    UpdatedProfileTest.change(random, 3, asOf, files, List.of(before));
    String people = people(random, asOf);

    int kills = 0;
    while (killed(before.copyTo(temporary.resolve("killed-" + kills)), kills + 1, asOf, people)) {
      kills++;
    }

    // Two profiles and the dataset, and their copies: of orders for each, and of bookings for one.
    assertThat(kills).isBetween(4, 7);
  }

  /** Whether there was such a commit. */
  private static boolean killed(ProjectFolder shop, int commit, LocalDate asOf, String people)
      throws Exception {
    Outcome outcome =
        shop.kith()
            .with("KITH_FAILPOINT", Failpoint.TABLE_COMMITTED.name() + ":" + commit)
            .fork("run", "--as-of", asOf.toString());
    if (outcome.exitCode() == 0) {
      return false;
    }
    assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(KILLED);
    assertSame(shop, people, "after commit " + commit);
    shop.kith().succeed("run", "--as-of", asOf.toString());
    assertSame(shop, people, "run again after commit " + commit);
    shop.deleteAll();
    return true;
  }

  private static void assertSame(ProjectFolder shop, String people, String what)
      throws IOException {
    List<List<String>> fromCopies = answers(shop, people);
    ask(shop, false);
    assertThat(fromCopies).as(what).isEqualTo(answers(shop, people));
    ask(shop, true);
  }

  private ProjectFolder shop() throws IOException {
    ProjectFolder shop = UpdatedProfileTest.project(temporary.resolve("shop"));
    shop.replace("profiles/visitor.yaml", SPENT, BOUGHT);
    for (String profile : PROFILES) {
      shop.file(profile, Files.readString(shop.path().resolve(profile)) + ASKS);
    }
    StringBuilder orders = new StringBuilder("order_id,customer_id,ordered_at,product,amount\n");
    for (int i = 0; i < MANY; i++) {
      orders.append(
          "%d,%d,2020-0%d-%02d 10:00:00,Mug,%d.50%n"
              .formatted(10_000 + i, 1 + i % 5, 1 + i % 3, 1 + i % 27, i % 40));
    }
    shop.file("data/orders-0.csv", orders.toString());
    return shop.file(
        "datasets/moments.yaml",
        """
        dataset: moments
        rows: SELECT order_id, customer_id, ordered_at AS as_of FROM orders
        features: visitor.*
        labels:
          - from: orders
            next: 10d
            define: {sold: count(*), others: count(distinct product)}
        table: true
        """);
  }

  private static void ask(ProjectFolder shop, boolean forCopies) throws IOException {
    for (String profile : PROFILES) {
      String no = "as_of_copy: false\n";
      shop.replace(profile, forCopies ? no : ASKS, forCopies ? ASKS : no);
    }
  }

  private static String people(Random random, LocalDate asOf) {
    return IntStream.range(0, 15)
        .mapToObj(
            i ->
                "(%d, TIMESTAMPTZ '%s')"
                    .formatted(1 + random.nextInt(6), UpdatedProfileTest.time(random, asOf)))
        .collect(
            Collectors.joining(
                ", ",
                "SELECT customer_id::BIGINT AS customer_id, as_of FROM (VALUES ",
                ") AS t(customer_id, as_of)"));
  }

  private static List<List<String>> answers(ProjectFolder shop, String people) {
    List<List<String>> answers = new ArrayList<>();
    for (String profile : List.of("customer", "visitor")) {
      answers.add(asOf(shop, profile, people));
    }
    answers.add(
        asOf(shop, "customer", people, "--known", "then", "--columns", "spend_7d,products"));
    return answers;
  }

  private static List<String> asOf(
      ProjectFolder shop, String profile, String people, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("asof", profile, "--keys", people, "--at", "as_of", "-f", "csv"));
    arguments.addAll(List.of(more));
    return shop.kith().succeed(arguments.toArray(String[]::new)).out().lines().toList();
  }

  /** What is logged of where answers are from. */
  private static String from(ProjectFolder shop) throws IOException, InterruptedException {
    String people = people(new Random(SEED), LocalDate.of(2020, 4, 1));
    Outcome outcome =
        shop.kith().fork("asof", "visitor", "-v", "--keys", people, "--at", "as_of", "-f", "csv");
    assertThat(outcome.exitCode()).as(outcome.all()).isZero();
    return outcome.err();
  }

  private static List<String> table(ProjectFolder shop) {
    return sorted(shop.kith().succeed("query", "SELECT * FROM moments", "-f", "csv").out());
  }

  private static List<String> sorted(String rows) {
    return rows.lines().sorted().toList();
  }

  /** The folders of copies. */
  private static List<Path> copies(ProjectFolder shop) throws IOException {
    try (var tables = Files.list(shop.path().resolve(".kith/warehouse/tables"))) {
      return tables.filter(table -> table.toString().endsWith("--by_person")).toList();
    }
  }
}
