package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.e2e.KithCommand.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datasets by hand: features, labels, unfinished windows, and what is refused. */
class DatasetTest {

  private static final String BUYERS =
      """
      dataset: buyers
      rows: SELECT customer_id, moment AS as_of FROM moments
      features: [customer.spend, customer.country]
      labels:
        - from: lines
          next: [1d, 10d]
          define:
            orders: count(*)
          derive: {lost: orders = 0}
      """;

  @TempDir private static Path temporary;
  private static ProjectFolder shop;

  /** The newest line is of 2020-02-21 16:45. */
  @BeforeAll
  static void publish() throws IOException {
    shop = ShopProject.firstInput(temporary.resolve("shop"));
    shop.file(
            "sources/moments.yaml",
            """
            source: moments
            kind: events
            at: moment
            from: {files: data/moments.csv}
            """)
        .file(
            "data/moments.csv",
            """
            customer_id,moment
            1,2020-02-11 16:45:00
            1,2020-02-11 16:45:01
            1,2020-02-20 11:20:00
            1,2020-02-20 11:20:01
            2,2020-01-06 16:45:00
            """)
        .file("datasets/buyers.yaml", BUYERS);
    shop.kith().succeed("run");
  }

  @Test
  void labelsBeginAtTheInstantAndAreNullUntilTheirWindowIsOver() {
    Outcome outcome = shop.kith().succeed("asof", "buyers", "-f", "csv");

    assertThat(outcome.out().lines())
        .containsExactlyInAnyOrder(
            "customer_id,as_of,exists,spend,country,orders_next_1d,orders_next_10d,lost_next_1d,"
                + "lost_next_10d",
            "1,2020-02-11T16:45:00Z,true,24.90,Germany,0,1,true,false",
            "1,2020-02-11T16:45:01Z,true,24.90,Germany,0,,true,",
            "1,2020-02-20T11:20:00Z,true,24.90,Germany,1,,false,",
            "1,2020-02-20T11:20:01Z,true,73.90,Germany,0,,true,",
            "2,2020-01-06T16:45:00Z,true,,Sweden,1,1,false,false");
  }

  @Test
  void whatIsCompleteCanBeSaid() throws IOException {
    ProjectFolder other = shop.copyTo(temporary.resolve("complete"));
    other.file("datasets/buyers.yaml", BUYERS + "    complete_until: 2020-02-12 16:45\n");

    Outcome outcome =
        other.kith().succeed("asof", "buyers", "--columns", "lost_next_1d", "-f", "csv");

    assertThat(outcome.out().lines())
        .contains("1,2020-02-11T16:45:00Z,true,true", "1,2020-02-11T16:45:01Z,true,");
  }

  @Test
  void theSameColumnsAreThereForOtherRows() {
    Outcome outcome =
        shop.kith()
            .succeed(
                "asof",
                "buyers",
                "--keys",
                "SELECT 3::BIGINT AS customer_id",
                "--at",
                "2020-02-16",
                "-f",
                "csv");

    assertThat(outcome.out().lines()).contains("3,2020-02-16T00:00:00Z,true,13.00,Korea,0,,true,");
  }

  @Test
  void faultsAreFoundBeforeAnythingIsRead() throws IOException {
    ProjectFolder other = shop.copyTo(temporary.resolve("faults"));
    other.file(
        "datasets/buyers.yaml",
        """
        dataset: buyers
        rows: SELECT customer_id, moment AS at_moment FROM moments
        features: [customer.*]
        except: spent
        labels:
          - from: lines
            next: 10d
            define: {orders: count(*), again: {is: sum(amount), as: orders}}
        """);
    assertThat(other.kith().run("validate").err())
        .contains("datasets/buyers.yaml:4:9: error[P026]: the profile has no column 'spent'")
        .contains("did you mean 'spend'?")
        .contains("error[P019]: two columns are named 'orders_next_10d'")
        .contains("error[R006]: the rows have no column 'as_of'");

    other.file("datasets/buyers.yaml", BUYERS.replace("lines", "linse"));
    assertThat(other.kith().run("validate").err())
        .contains("error[P015]: no table 'linse'", "did you mean 'lines'?");

    other.file("datasets/buyers.yaml", BUYERS.replace("customer.", "custommer."));
    assertThat(other.kith().run("validate").err()).contains("did you mean 'customer'?");

    other.file("datasets/buyers.yaml", BUYERS.replace("moment AS as_of", "at"));
    assertThat(other.kith().run("validate").err()).contains("'at' is a word of SQL");
  }
}
