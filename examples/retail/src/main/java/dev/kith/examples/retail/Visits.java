package dev.kith.examples.retail;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The scenarios: who comes to the site, why, and what they look at. */
final class Visits {

  private static final List<String> WORDS =
      List.of(
          "lantern",
          "bunting",
          "christmas",
          "cake+stand",
          "lunch+bag",
          "t-light",
          "doormat",
          "heart",
          "retrospot",
          "mug",
          "clock",
          "garden",
          "ribbons",
          "jam+jar",
          "gift+wrap");
  private static final List<String> REFERRERS =
      List.of("", "", "", "search", "search", "search", "email", "email", "social", "partner");

  private static final double SIGNS_IN_LATE = 0.3;
  private static final int VIEWED_OF_A_BASKET = 9;
  private static final int ANONYMOUS_VISITS_A_DAY = 90;

  private final long seed;
  private final Sales sales;
  private final List<Click> clicks = new ArrayList<>();

  Visits(long seed, Sales sales) {
    this.seed = seed;
    this.sales = sales;
  }

  /** Every event of the year, in no particular order. */
  List<Click> all() {
    for (int i = 0; i < sales.baskets().size(); i++) {
      SplitMix random = SplitMix.of(seed, (1L << 40) + i);
      Basket basket = sales.baskets().get(i);
      considerThenBuy(basket, random);
    }
    for (LocalDate day = sales.firstDay(); !day.isAfter(sales.lastDay()); day = day.plusDays(1)) {
      passersBy(day, SplitMix.of(seed, (2L << 40) + day.toEpochDay()));
    }
    return clicks;
  }

  /**
   * Some look around on days before and after they order; all order in a visit that ends with it.
   */
  private void considerThenBuy(Basket basket, SplitMix random) {
    if (basket.customer() != 0) {
      LocalDate sold = basket.soldAt().toLocalDate();
      lookAround(basket, random.run(0.55, 5), sold.minusDays(40), 39, random);
      lookAround(basket, random.run(0.3, 5), sold.plusDays(1), 89, random);
    }
    buy(basket, random);
  }

  /** Visits without an order, each on any day of a stretch. */
  private void lookAround(Basket basket, int visits, LocalDate from, int days, SplitMix random) {
    for (int i = 0; i < visits; i++) {
      LocalDate day = from.plusDays(random.between(0, days));
      if (!day.isBefore(sales.firstDay()) && !day.isAfter(sales.lastDay())) {
        browse(basket, day, random);
      }
    }
  }

  private void buy(Basket basket, SplitMix random) {
    Visit visit = enter(visitor(basket, random), random);
    List<String> products = basket.products();
    int views = Math.min(products.size(), random.between(2, VIEWED_OF_A_BASKET));
    for (int i = 0; i < views; i++) {
      String product = random.pick(products);
      visit.view(product);
      if (random.chance(0.6)) {
        visit.addToCart(product);
      }
      if (random.chance(0.15)) {
        visit.view(random.pick(sales.popularOn(basket.soldAt().toLocalDate())));
      }
    }
    if (visit.isStranger()) {
      visit.signIn();
    }
    visit.purchase(basket.invoice());
    long invoiced = basket.soldAt().atZone(Timetable.SHOP).toInstant().toEpochMilli();
    long processing = 5_000L + random.below(115_000);
    add(visit, invoiced - processing - visit.length());
  }

  private void browse(Basket basket, LocalDate day, SplitMix random) {
    Visit visit = enter(visitor(basket, random), random);
    int views = 1 + random.run(0.7, 12);
    for (int i = 0; i < views; i++) {
      List<String> tempting = random.chance(0.4) ? basket.products() : sales.popularOn(day);
      look(visit, random.pick(tempting), random);
    }
    if (visit.isStranger() && random.chance(0.4)) {
      visit.signIn();
    }
    addOn(day, visit, random);
  }

  /** Strangers; some come back with the same cookie a few days later. */
  private void passersBy(LocalDate day, SplitMix random) {
    long visits = StrictMath.round(ANONYMOUS_VISITS_A_DAY * Timetable.weight(day));
    for (int i = 0; i < visits; i++) {
      Visitor stranger = Visitor.anonymous(random);
      passBy(stranger, day, random);
      LocalDate again = day.plusDays(random.between(1, 14));
      if (random.chance(0.2) && !again.isAfter(sales.lastDay())) {
        passBy(stranger, again, random);
      }
    }
  }

  private void passBy(Visitor stranger, LocalDate day, SplitMix random) {
    Visit visit = enter(stranger, random);
    int views = random.run(0.65, 15);
    for (int i = 0; i < views; i++) {
      look(visit, random.pick(sales.popularOn(day)), random);
    }
    addOn(day, visit, random);
  }

  private Visit enter(Visitor visitor, SplitMix random) {
    Visit visit = new Visit(visitor, random.pick(REFERRERS), random);
    if (random.chance(SIGNS_IN_LATE)) {
      visit.asStranger();
    }
    if (random.chance(0.5)) {
      visit.home();
    }
    if (random.chance(0.5)) {
      visit.search(random.pick(WORDS));
    }
    return visit.isEmpty() ? visit.home() : visit;
  }

  private static void look(Visit visit, String product, SplitMix random) {
    visit.view(product);
    if (random.chance(0.08)) {
      visit.addToCart(product);
    }
  }

  private Visitor visitor(Basket basket, SplitMix random) {
    return basket.customer() == 0
        ? Visitor.anonymous(random)
        : Visitor.ofCustomer(seed, basket.customer(), random);
  }

  /** Adds a visit at a likely hour; nothing happens after the last day, so late ones are moved. */
  private void addOn(LocalDate day, Visit visit, SplitMix random) {
    long latest = Timetable.endOf(sales.lastDay()) - 1 - visit.length();
    add(visit, Math.min(Timetable.instantOn(day, random), latest));
  }

  private void add(Visit visit, long start) {
    clicks.addAll(visit.startingAt(start, clicks.size()));
  }
}
