package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.e2e.KithCommand.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is known now of an instant, and what was known then: rows that came late tell them apart.
 */
class KnownThenTest {

  @TempDir private static Path temporary;
  private static ProjectFolder shop;

  /** Two loads, on 1 March and 1 April 2020, of which the second is full of what came late. */
  @BeforeAll
  static void publishTwice() throws IOException {
    shop = ShopProject.firstInput(temporary.resolve("shop"));
    shop.file(
        "profiles/customer.yaml",
        """
        profile: customer
        key: customer_id
        from: customers
        attributes: [country]
        measures:
          - from: visits
            define: {visits: count(*)}
        """);
    shop.file(
        "profiles/visitor.yaml", "profile: visitor\nkey: customer_id\nfrom: {keys_of: visits}\n");
    run("2020-03-01T00:00:00Z");
    shop.file(
            "data/visits-2.ndjson",
            "{\"visit_id\": \"late\", \"customer_id\": 3, \"visited_at\": \"2020-02-01 09:00:00\","
                + " \"page\": \"home\"}\n")
        .file(
            "data/customers-2.csv",
            """
            customer_id,name,country,changed_at
            2,Bo,Denmark,2020-02-20 08:00:00
            4,Late,France,2020-02-01 00:00:00
            """);
    run("2020-04-01T00:00:00Z");
  }

  private static void run(String now) {
    shop.kith().at(Clock.fixed(Instant.parse(now), ZoneOffset.UTC)).succeed("run");
  }

  @Test
  void lateRowsCountNowAndDidNotThen() {
    assertThat(asOf("customer", "now", "2020-03-10"))
        .containsExactly("2,true,Denmark,1", "3,true,Korea,1", "4,true,France,0");
    assertThat(asOf("customer", "then", "2020-03-10"))
        .containsExactly("2,true,Sweden,1", "3,true,Korea,0", "4,false,,");
  }

  @Test
  void fromTheInstantOfTheirIngestionTheyAreKnown() {
    List<String> now = asOf("customer", "now", "2020-04-01T00:00:00Z");
    assertThat(asOf("customer", "then", "2020-04-01T00:00:00Z")).isEqualTo(now);
    assertThat(asOf("customer", "then", "2020-03-31T23:59:59Z")).isNotEqualTo(now);
  }

  @Test
  void beforeTheFirstLoadNothingWasKnown() {
    assertThat(asOf("customer", "then", "2020-02-29"))
        .containsExactly("2,false,,", "3,false,,", "4,false,,");
  }

  @Test
  void whoExistsByEventsIsKnownByThemToo() {
    assertThat(asOf("visitor", "now", "2020-03-10")).containsExactly("2,true", "3,true", "4,false");
    assertThat(asOf("visitor", "then", "2020-03-10"))
        .containsExactly("2,true", "3,false", "4,false");
  }

  @Test
  void aTableThatDoesNotSayWhenIsRefused() throws IOException {
    ProjectFolder other = shop.copyTo(temporary.resolve("derived"));
    other.replace("profiles/customer.yaml", "from: visits", "from: pages");

    Outcome outcome =
        other
            .kith()
            .run(
                "asof",
                "customer",
                "--keys",
                "SELECT 1 AS customer_id",
                "--at",
                "2020-03-10",
                "--known",
                "then");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("A003", "Cannot tell what was known then of 'pages'");
  }

  private static List<String> asOf(String profile, String known, String at) {
    String people = "SELECT unnest([2, 3, 4])::BIGINT AS customer_id";
    String out =
        shop.kith()
            .succeed("asof", profile, "--keys", people, "--at", at, "--known", known, "-f", "csv")
            .out();
    return out.lines().skip(1).map(line -> line.replaceFirst("[^,]*T[^,]*,", "")).toList();
  }
}
