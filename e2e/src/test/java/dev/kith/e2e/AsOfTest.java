package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.e2e.KithCommand.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of people and instants, by hand: what passes through, what is refused, what is written. */
class AsOfTest {

  private static final Instant INGESTED = Instant.parse("2020-03-01T12:00:00Z");

  @TempDir private static Path temporary;
  private static ProjectFolder shop;
  private static KithCommand kith;

  @BeforeAll
  static void publish() throws IOException {
    shop = ShopProject.firstInput(temporary.resolve("shop"));
    kith = shop.kith().at(Clock.fixed(INGESTED, ZoneOffset.UTC));
    kith.succeed("run");
    ShopProject.moreVisits(shop);
    kith.at(Clock.fixed(Instant.parse("2020-04-01T12:00:00Z"), ZoneOffset.UTC)).succeed("run");
  }

  @Test
  void rowsComeBackInOrderWithTheirColumnsAndWhatWasThen() throws IOException {
    shop.file(
        "rows.csv",
        """
        customer_id,note,seen_at
        2,late,2020-03-01
        1,early,2020-01-03 11:20:00
        1,after,2020-01-03 11:20:00.000001
        9,nobody,2020-03-01
        ,keyless,2020-03-01
        2,late again,2020-03-01
        3,timeless,
        """);

    Outcome outcome =
        kith.succeed(
            "asof",
            "customer",
            "--keys",
            "rows.csv",
            "--at",
            "seen_at",
            "-f",
            "csv",
            "--columns",
            "spend,spend_30d,pages,country");

    assertThat(outcome.out())
        .isEqualTo(
            """
            customer_id,note,seen_at,exists,spend,spend_30d,pages,country
            2,late,2020-03-01T00:00:00Z,true,26.00,,1,Sweden
            1,early,2020-01-03T11:20:00Z,true,,,1,Germany
            1,after,2020-01-03T11:20:00.000001Z,true,24.90,24.90,1,Germany
            9,nobody,2020-03-01T00:00:00Z,false,,,,
            ,keyless,2020-03-01T00:00:00Z,false,,,,
            2,late again,2020-03-01T00:00:00Z,true,26.00,,1,Sweden
            3,timeless,,false,,,,
            """
                .replace("\n", "\r\n"));
    assertThat(outcome.err())
        .isEqualTo(
            """
            note: 1 of 7 rows without a key: 'exists' is false there
            note: 1 of 7 rows without an instant: 'exists' is false there
            note: 1 of 7 rows of people who did not exist then: 'exists' is false there
            """);
  }

  @Test
  void everyFormatOfRowsMeansTheSame() throws IOException {
    String query = "SELECT 2::BIGINT AS customer_id, TIMESTAMP '2020-02-15 00:00' AS seen_at";
    shop.file("one.csv", "customer_id,seen_at\n2,2020-02-15\n")
        .file("one.json", "[{\"customer_id\": 2, \"seen_at\": \"2020-02-15T00:00:00Z\"}]")
        .file("one.ndjson", "{\"customer_id\": 2, \"seen_at\": \"2020-02-15\"}\n");
    kith.succeed("query", query, "-o", "one.parquet");
    String expected = asOf(query);

    assertThat(expected).contains("\"orders\":1", "\"exists\":true", "\"country\":\"Sweden\"");
    for (String file : List.of("one.csv", "one.json", "one.ndjson", "one.parquet")) {
      assertThat(asOf(file)).as(file).isEqualTo(expected);
    }
  }

  @Test
  void infinityIsNoInstant() throws IOException {
    Outcome outcome =
        kith.succeed(
            "asof",
            "customer",
            "--keys",
            "SELECT 2::BIGINT AS customer_id,"
                + " unnest(['infinity', '-infinity', '2020-02-15'])::TIMESTAMPTZ AS seen_at",
            "--at",
            "seen_at",
            "--columns",
            "orders",
            "-o",
            "infinite.csv");

    assertThat(outcome.err()).contains("2 of 3 rows without an instant");
    assertThat(Files.readAllLines(shop.path().resolve("infinite.csv")))
        .extracting(line -> line.replaceFirst("^2,[^,]*,", ""))
        .containsExactly("customer_id,seen_at,exists,orders", "false,", "false,", "true,1");
  }

  private static String asOf(String keys) {
    return kith.succeed("asof", "customer", "--keys", keys, "--at", "seen_at", "-f", "json").out();
  }

  @Test
  void oneInstantForAllRowsIsAColumnOfTheAnswer() {
    Outcome outcome =
        kith.succeed(
            "asof",
            "customer",
            "--keys",
            "SELECT customer_id FROM customers",
            "--at",
            "2020-02-01",
            "--columns",
            "orders",
            "-f",
            "csv");

    assertThat(outcome.out().lines())
        .containsExactlyInAnyOrder(
            "customer_id,as_of,exists,orders",
            "1,2020-02-01T00:00:00Z,true,1",
            "2,2020-02-01T00:00:00Z,true,1",
            "3,2020-02-01T00:00:00Z,true,0");
  }

  @Test
  void filesAreWrittenAsThoseOfQueries() throws IOException {
    String keys = "SELECT customer_id FROM customers";
    for (String file : List.of("out.parquet", "out.csv", "out.json", "out.ndjson")) {
      kith.succeed("asof", "customer", "--keys", keys, "--at", "2020-02-01", "-o", file);
      assertThat(Files.size(shop.path().resolve(file))).as(file).isPositive();
    }
  }

  @Test
  void noRowsAreNoFault() throws IOException {
    shop.file("none.csv", "customer_id,seen_at\n");

    for (String keys :
        List.of("none.csv", "SELECT customer_id, ordered_at AS seen_at FROM orders LIMIT 0")) {
      Outcome outcome =
          kith.succeed(
              "asof",
              "customer",
              "--keys",
              keys,
              "--at",
              "seen_at",
              "--columns",
              "orders",
              "-f",
              "csv");
      assertThat(outcome.out()).isEqualTo("customer_id,seen_at,exists,orders\r\n");
      assertThat(outcome.err()).isEmpty();
    }
  }

  @Test
  void whatDoesNotFitIsRefusedWithItsPlace() throws IOException {
    shop.file("bad-time.csv", "customer_id,seen_at\n1,2020-02-01\n1,yesterday\n")
        .file("bad-key.csv", "customer_id,seen_at\nAnna,2020-02-01\n")
        .file("no-key.csv", "customer,seen_at\n1,2020-02-01\n")
        .file("clash.csv", "customer_id,seen_at,spend\n1,2020-02-01,3\n")
        .file("broken.json", "{\"customer_id\": 1, \"seen_at\": \"2020-02-01\"}\n{oops\n");

    refused("I023", "Cannot read bad-time.csv:3: column 'seen_at'", "bad-time.csv");
    refused("I023", "Cannot read bad-key.csv:2: column 'customer_id'", "bad-key.csv");
    refused("I023", "Cannot find the column 'customer_id' in no-key.csv", "no-key.csv");
    refused("I023", "Cannot read broken.json:2", "broken.json");
    refused("A001", "the rows have a column 'spend'", "clash.csv");
    refused("I001", "Cannot find the file: missing.csv", "missing.csv");
    refused("I023", "it is VARCHAR, and not BIGINT", "SELECT '1' AS customer_id, now() AS seen_at");
    refused("S011", "orderz", "SELECT customer_id, ordered_at AS seen_at FROM orderz");
    Outcome column =
        kith.run("asof", "customer", "--keys", "one.csv", "--at", "seen_at", "--columns", "spent");
    assertThat(column.err()).contains("A002", "did you mean 'spend'?");
    Outcome profile = kith.run("asof", "custommer", "--keys", "rows.csv", "--at", "seen_at");
    assertThat(profile.err()).contains("R002", "did you mean 'customer'?");
  }

  private static void refused(String code, String message, String keys) {
    Outcome outcome = kith.run("asof", "customer", "--keys", keys, "--at", "seen_at");
    assertThat(outcome.exitCode()).as(outcome.all()).isNotZero();
    assertThat(outcome.err()).contains(code, message);
  }

  @Test
  void whatDependsOnOneInstantIsRefused() throws IOException {
    ProjectFolder other = ShopProject.firstInput(temporary.resolve("one-instant"));
    other.replace(
        "tables/lines.sql", "mode: {by_time: {column: ordered_at, grain: month}}", "at_safe: true");
    other.replace("tables/lines.sql", "FROM orders", "FROM orders WHERE ordered_at < :as_of");
    other.kith().succeed("run");

    Outcome outcome =
        other
            .kith()
            .run("asof", "customer", "--keys", "SELECT 1 AS customer_id", "--at", "2020-02-01");

    assertThat(outcome.err()).contains("A004", "Cannot tell what 'lines' was at another instant");
  }
}
