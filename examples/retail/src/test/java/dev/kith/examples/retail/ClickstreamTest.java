package dev.kith.examples.retail;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClickstreamTest {

  private static final ZoneId SHOP = ZoneId.of("Europe/London");

  /** Of the demo's lines. It changes only when somebody means it to, and on no other Java. */
  private static final long DEMO_CHECKSUM = -8744798137267625491L;

  @TempDir static Path folder;

  private static Clickstream.Summary summary = new Clickstream.Summary(0, 0, 0, 0);
  private static List<WrittenClick> events = List.of();

  @BeforeAll
  static void generate() throws IOException {
    summary = Clickstream.generate(RetailFiles.sales(), folder, Clickstream.DEMO_SEED);
    events = WrittenClick.readAll(folder);
  }

  @Test
  void writesAYearOfEventsInMonthlyFiles() throws IOException {
    assertThat(summary.events()).isBetween(400_000, 600_000);
    assertThat(summary.broken()).isEqualTo(28);
    assertThat(WrittenClick.files(folder))
        .hasSize(13)
        .hasSize(summary.files())
        .startsWith(folder.resolve("2010-12.json.gz"))
        .endsWith(folder.resolve("2011-12.json.gz"));
    assertThat(WrittenClick.lines(folder)).hasSize(summary.lines());
    assertThat(events).hasSize(summary.events());
  }

  @Test
  void theSameSeedGivesTheSameBytes(@TempDir Path again) throws IOException {
    Clickstream.generate(RetailFiles.sales(), again, Clickstream.DEMO_SEED);

    for (Path file : WrittenClick.files(folder)) {
      assertThat(again.resolve(file.getFileName())).hasSameBinaryContentAs(file);
    }
  }

  @Test
  void anotherSeedGivesAnotherYear(@TempDir Path other) throws IOException {
    Clickstream.generate(RetailFiles.sales(), other, Clickstream.DEMO_SEED + 1);

    Path first = WrittenClick.files(folder).get(0);
    assertThat(Files.mismatch(first, other.resolve(first.getFileName()))).isNotNegative();
  }

  @Test
  void theDemoIsTheSameEverywhere() throws IOException {
    long checksum = 0;
    for (String line : WrittenClick.lines(folder)) {
      for (int i = 0; i < line.length(); i++) {
        checksum = 31 * checksum + line.charAt(i);
      }
    }
    assertThat(checksum).isEqualTo(DEMO_CHECKSUM);
  }

  @Test
  void everySaleEndsAVisitOfItsCustomerInWhichSomeOfItWasViewed() throws IOException {
    Map<String, List<WrittenClick>> sessions =
        events.stream().collect(groupingBy(WrittenClick::session));
    Map<String, WrittenClick> purchases = new HashMap<>();
    for (WrittenClick event : events) {
      if (event.kind().equals("purchase")) {
        purchases.put(event.url().substring("/checkout/complete/".length()), event);
      }
    }

    List<Basket> baskets = Sales.read(RetailFiles.sales()).baskets();
    assertThat(baskets).hasSizeGreaterThan(19_000).hasSameSizeAs(purchases.keySet());
    for (Basket basket : baskets) {
      assertThat(purchases).containsKey(basket.invoice());
      WrittenClick purchase = purchases.getOrDefault(basket.invoice(), events.get(0));
      assertThat(purchase.customer())
          .isEqualTo(basket.customer() == 0 ? "" : Integer.toString(basket.customer()));
      List<WrittenClick> session = sessions.getOrDefault(purchase.session(), List.of());
      assertThat(session.stream().max(Comparator.comparing(WrittenClick::at))).contains(purchase);
      Instant sold = basket.soldAt().atZone(SHOP).toInstant();
      assertThat(session)
          .allSatisfy(event -> assertThat(event.at()).isBetween(sold.minusSeconds(7200), sold));
      assertThat(session).anyMatch(event -> basket.products().contains(event.product()));
    }
  }

  @Test
  void someStayStrangersSomeSignInAndSomeNeverBuy() {
    Set<String> cookies = events.stream().map(WrittenClick::cookie).collect(toSet());
    Set<String> customers = events.stream().map(WrittenClick::customer).collect(toSet());
    Set<String> customersCookies =
        events.stream()
            .filter(event -> !event.customer().isEmpty())
            .map(WrittenClick::cookie)
            .collect(toSet());
    Set<String> buyingSessions =
        events.stream()
            .filter(event -> event.kind().equals("purchase"))
            .map(WrittenClick::session)
            .collect(toSet());
    Set<String> sessions = events.stream().map(WrittenClick::session).collect(toSet());

    assertThat(customers).hasSizeBetween(4_000, 4_373).contains("");
    assertThat(customersCookies).hasSizeBetween(customers.size(), 2 * customers.size());
    assertThat(cookies).hasSizeGreaterThan(3 * customersCookies.size());
    assertThat(sessions).hasSizeGreaterThan(3 * buyingSessions.size());
    assertThat(events.stream().filter(event -> event.kind().equals("sign_in")).count())
        .isGreaterThan(5_000);
  }

  @Test
  void nothingHappensBeforeTheFirstDayOrAfterTheLast() {
    Comparator<WrittenClick> byTime = Comparator.comparing(WrittenClick::at);

    assertThat(events.stream().min(byTime).map(ClickstreamTest::day))
        .contains(LocalDate.of(2010, 12, 1));
    assertThat(events.stream().max(byTime).map(ClickstreamTest::day))
        .contains(LocalDate.of(2011, 12, 9));
  }

  private static LocalDate day(WrittenClick event) {
    return event.at().atZone(SHOP).toLocalDate();
  }
}
