package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The table of a dataset against a naive recomputation, release after release, while orders come
 * late, rows are asked for anew, and a label's window ends. {@code -Dkith.seed=N} repeats a run.
 */
class DatasetTableOracleTest {

  private static final long SEED = Long.getLong("kith.seed", 2_020L);
  private static final int RELEASES = 5;
  private static final ZoneId SHOP = ZoneId.of("Europe/London");

  @TempDir Path temporary;

  private final Random random = new Random(SEED);
  private final List<Order> orders = new ArrayList<>();
  private final List<Asked> asked = new ArrayList<>();

  private record Order(int customer, ZonedDateTime at, BigDecimal amount) {}

  private record Asked(int number, int customer, ZonedDateTime at) {}

  @Test
  void everyReleaseHasTheRowsOfANaiveRecomputation() throws IOException {
    ProjectFolder shop = ShopProject.firstInput(temporary.resolve("shop"));
    shop.delete("data/orders-1.csv").delete("data/orders-2.csv");
    shop.file(
            "sources/moments.yaml",
            """
            source: moments
            kind: events
            at: moment
            id: number
            from: {files: data/moments*.csv}
            """)
        .file(
            "datasets/buyers.yaml",
            """
            dataset: buyers
            rows: SELECT number, customer_id, moment FROM moments
            at: moment
            features: [customer.spend, customer.spend_30d, customer.orders_30d]
            labels:
              - from: lines
                next: 10d
                define: {orders: count(*), spend: sum(amount)}
                derive: {lost: orders = 0}
            table: true
            """);
    long unfinished = 0;
    for (int release = 1; release <= RELEASES; release++) {
      more(shop, release);
      shop.kith().succeed("run");

      List<String> rows =
          shop.kith()
              .succeed("query", "-f", "csv", "select * from buyers order by number")
              .out()
              .lines()
              .skip(1)
              .toList();
      List<String> expected = asked.stream().map(this::answer).toList();
      assertThat(rows).as("seed %d, release %d", SEED, release).isEqualTo(expected);
      unfinished += expected.stream().filter(row -> row.endsWith(",,,")).count();
    }
    assertThat(unfinished).as("labels whose window was not over").isPositive();
  }

  /** Orders of all times up to a later one, and rows some of which are at an order's instant. */
  private void more(ProjectFolder shop, int release) throws IOException {
    StringBuilder sold =
        new StringBuilder("order_id,customer_id,ordered_at,product,quantity,price\n");
    for (int i = 0; i < 25; i++) {
      Order order = new Order(1 + random.nextInt(3), some(release), new BigDecimal("2.50"));
      orders.add(order);
      sold.append(
          "%d,%d,%s,Mug,1,2.50\n"
              .formatted(orders.size(), order.customer(), order.at().toLocalDateTime()));
    }
    shop.file("data/orders-" + release + ".csv", sold.toString());
    StringBuilder moments = new StringBuilder("number,customer_id,moment\n");
    for (int i = 0; i < 20; i++) {
      Order met = orders.get(random.nextInt(orders.size()));
      Asked row =
          random.nextBoolean()
              ? new Asked(asked.size(), met.customer(), met.at())
              : new Asked(asked.size(), 1 + random.nextInt(3), some(release));
      asked.add(row);
      moments.append(
          "%d,%d,%s\n".formatted(row.number(), row.customer(), row.at().toLocalDateTime()));
    }
    shop.file("data/moments-" + release + ".csv", moments.toString());
  }

  /** By day, so that it is a time in summer as in winter. */
  private ZonedDateTime some(int release) {
    return LocalDateTime.of(2020, 2, 20, 6, 0)
        .plusDays(random.nextInt(15 * release))
        .plusMinutes(random.nextInt(16 * 60))
        .atZone(SHOP);
  }

  private String answer(Asked row) {
    ZonedDateTime at = row.at();
    Predicate<Order> before = order -> order.at().isBefore(at);
    Predicate<Order> month = before.and(order -> !order.at().isBefore(at.minusDays(30)));
    ZonedDateTime end = at.plusDays(10);
    Predicate<Order> ahead = order -> !order.at().isBefore(at) && order.at().isBefore(end);
    ZonedDateTime newest =
        orders.stream().map(Order::at).max(Comparator.naturalOrder()).orElseThrow();
    boolean over = !end.isAfter(newest);
    return "%d,%d,%s,true,%s,%s,%d,%s"
        .formatted(
            row.number(),
            row.customer(),
            at.toInstant(),
            spend(row, before),
            spend(row, month),
            count(row, month),
            over
                ? count(row, ahead) + "," + spend(row, ahead) + "," + (count(row, ahead) == 0)
                : ",,");
  }

  private long count(Asked row, Predicate<Order> when) {
    return orders.stream().filter(o -> o.customer() == row.customer()).filter(when).count();
  }

  private String spend(Asked row, Predicate<Order> when) {
    return orders.stream()
        .filter(order -> order.customer() == row.customer())
        .filter(when)
        .map(Order::amount)
        .reduce(BigDecimal::add)
        .map(BigDecimal::toPlainString)
        .orElse("");
  }
}
