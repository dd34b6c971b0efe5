package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.e2e.KithCommand.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the shop's columns come from, as the command tells. */
class LineageTest {

  @TempDir static Path temporary;

  private static KithCommand kith;

  @BeforeAll
  static void write() throws IOException {
    kith = ShopProject.firstInput(temporary.resolve("shop")).kith();
  }

  @Test
  void aMeasureIsFollowedToWhatItsSourceReads() {
    assertThat(kith.succeed("lineage", "customer.spend_30d").out())
        .isEqualTo(
            """
            customer.spend_30d  DECIMAL(38,2)
            │ sum(amount) over 30d
            │ decided by lines.ordered_at (window), lines.customer_id (join)
            └─ lines.amount  DECIMAL(29,2)  aggregated
               │ quantity * price
               ├─ orders.price  DECIMAL(10,2)  computed
               │    from data/orders*.csv
               └─ orders.quantity  BIGINT  computed
                    from data/orders*.csv

            rows of customer decided by customers.customer_id (filter), customers_history.valid_from (filter),
              customers_history.valid_to (filter)
            """);
  }

  @Test
  void whatComesFromAColumnIsFollowedToo() {
    assertThat(kith.succeed("lineage", "orders.quantity", "--downstream").out())
        .contains("orders.quantity", "└─ products.sold", "lines.amount", "customer.spend_30d");
    assertThat(kith.succeed("lineage", "orders.quantity", "-d", "--depth", "1").out())
        .contains("lines.amount")
        .doesNotContain("customer.spend_30d");
  }

  @Test
  void aTableIsFollowedToItsSources() {
    assertThat(kith.succeed("lineage", "customer").out())
        .isEqualTo(
            """
            customer  profile
            ├─ customers  source of data/customers*.csv
            ├─ lines  table
            │  └─ orders  source of data/orders*.csv
            └─ pages  table
               └─ visits  source of data/visits*.ndjson
            """);
  }

  @Test
  void programsAndDrawingsGetTheSame() {
    assertThat(kith.succeed("lineage", "customer.spend", "--format", "json").out())
        .contains("\"from\" : \"lines.amount\"", "\"sql\" : \"quantity * price\"");
    assertThat(kith.succeed("lineage", "customer.spend", "--format", "mermaid").out())
        .startsWith("flowchart LR\n")
        .contains("-->|aggregation|");
    assertThat(kith.succeed("lineage", "customer.spend", "--all", "--format", "dot").out())
        .startsWith("digraph lineage {")
        .contains("style=dotted");
  }

  @Test
  void aNameThatIsWrongHasASuggestion() {
    Outcome column = kith.run("lineage", "customer.spend_30");
    assertThat(column.exitCode()).isEqualTo(2);
    assertThat(column.err()).contains("did you mean 'customer.spend_30d'?");
    assertThat(kith.run("lineage", "custmer").err()).contains("did you mean 'customer'?");
    assertThat(kith.run("lineage", "custmer.spend").err())
        .contains("did you mean 'customer.spend'?");
  }
}
