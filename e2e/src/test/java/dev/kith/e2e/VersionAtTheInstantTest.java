package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What begins at an instant is not of its past: rows of people as of a midnight are the same with
 * and without what changed at it, in the profiles of runs as in the answers of {@code kith asof}.
 */
class VersionAtTheInstantTest {

  private static final String MIDNIGHT = "2020-03-01";

  /** Also of what begins later, so that it is known at the midnight. */
  private static final Clock INGESTION =
      Clock.fixed(Instant.parse("2020-02-10T00:00:00Z"), ZoneOffset.UTC);

  @TempDir Path temporary;
  private ProjectFolder shop = new ProjectFolder(Path.of("."));

  /** An entity, and a table of versions with dates in which nobody is there since ever. */
  @BeforeEach
  void project() throws IOException {
    shop =
        ProjectFolder.at(temporary.resolve("shop"))
            .file("kith.yaml", "kith: 1\nname: shop\ntimezone: Europe/London\nthreads: 1\n")
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
                "tables/residents.sql",
                """
                SELECT
                  customer_id,
                  country,
                  CAST(changed_at AS DATE) AS valid_from,
                  CAST(lead(changed_at) OVER (PARTITION BY customer_id ORDER BY changed_at) AS DATE)
                    AS valid_to
                FROM customers_history
                """)
            .file(
                "profiles/customer.yaml",
                "profile: customer\nkey: customer_id\nfrom: customers\nattributes: [country]\n")
            .file(
                "profiles/resident.yaml",
                "profile: resident\nkey: customer_id\nfrom: residents\nattributes: [country]\n")
            .file(
                "data/customers-1.csv",
                """
                customer_id,country,changed_at
                1,Germany,2020-01-02
                2,Sweden,2020-01-05
                """);
  }

  private ProjectFolder moved() throws IOException {
    return shop.copyTo(temporary.resolve("moved"))
        .file(
            "data/customers-2.csv",
            """
            customer_id,country,changed_at
            1,Austria,2020-03-01
            3,Norway,2020-03-01
            """);
  }

  @Test
  void changesNoProfileOfARunAtIt() throws IOException {
    ProjectFolder moved = moved();
    run(shop, MIDNIGHT);
    run(moved, MIDNIGHT);

    assertThat(published(shop, "resident")).containsExactly("1,Germany", "2,Sweden");
    assertThat(published(moved, "resident")).isEqualTo(published(shop, "resident"));
    assertThat(published(shop, "customer")).containsExactly("1,Germany", "2,Sweden");
    assertThat(published(moved, "customer"))
        .as("the first version of an entity is there since ever")
        .containsExactly("1,Germany", "2,Sweden", "3,Norway");
  }

  @Test
  void isSeenByEveryLaterInstantAndAfterAStepBackNoMore() throws IOException {
    ProjectFolder moved = moved();
    run(moved, MIDNIGHT);
    List<String> before = published(moved, "resident");

    run(moved, MIDNIGHT + "T00:00:00.000001Z");
    assertThat(published(moved, "resident")).containsExactly("1,Austria", "2,Sweden", "3,Norway");
    run(moved, MIDNIGHT);
    assertThat(published(moved, "resident")).isEqualTo(before);
  }

  @Test
  void changesNoAnswerAboutIt() throws IOException {
    ProjectFolder moved = moved();
    run(shop, MIDNIGHT);
    run(moved, MIDNIGHT);

    for (String known : List.of("now", "then")) {
      assertThat(asOf(moved, "customer", MIDNIGHT, known))
          .isEqualTo(asOf(shop, "customer", MIDNIGHT, known))
          .containsExactly("1,true,Germany", "2,true,Sweden");
    }
    assertThat(asOf(moved, "resident", MIDNIGHT, "now"))
        .isEqualTo(asOf(shop, "resident", MIDNIGHT, "now"))
        .containsExactly("1,true,Germany", "2,true,Sweden");
    assertThat(asOf(moved, "resident", MIDNIGHT + " 00:00:00.000001", "now"))
        .containsExactly("1,true,Austria", "2,true,Sweden");
  }

  private static void run(ProjectFolder project, String at) {
    project.kith().at(INGESTION).succeed("run", "--as-of", at, "--strategy", "touched");
  }

  private static List<String> published(ProjectFolder project, String profile) {
    String query = "SELECT customer_id, country FROM " + profile + " ORDER BY ALL";
    return rows(project.kith().succeed("query", "-f", "csv", query));
  }

  private static List<String> asOf(ProjectFolder project, String profile, String at, String known) {
    String people = "SELECT unnest([1, 2])::BIGINT AS customer_id";
    return rows(
            project
                .kith()
                .succeed(
                    "asof", profile, "--keys", people, "--at", at, "--known", known, "-f", "csv"))
        .stream()
        .map(row -> row.replaceFirst("[^,]*T[^,]*,", ""))
        .toList();
  }

  private static List<String> rows(KithCommand.Outcome outcome) {
    return outcome.out().lines().skip(1).toList();
  }
}
