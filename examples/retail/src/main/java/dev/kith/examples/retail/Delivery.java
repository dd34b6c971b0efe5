package dev.kith.examples.retail;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arrival of an event at the shop's collector: usually at once, but a phone without a network
 * keeps some for days, a retry sends some twice, and a few lines arrive broken.
 *
 * @param arrivedAt in milliseconds since 1970-01-01 UTC
 * @param damage what happened to the line on its way, if anything did
 */
record Delivery(long arrivedAt, Click click, @Nullable Damage damage) {

  private static final List<Damage> DAMAGES = List.of(Damage.values());

  /** Broken lines in all: each kind of damage several times over the year. */
  static final int BROKEN = 4 * DAMAGES.size();

  private static final double LATE = 0.003;
  private static final double TWICE = 0.001;
  private static final int SHORT_DELAY_MILLIS = 2_000;
  private static final int LONG_DELAY_SECONDS = 4 * 24 * 60 * 60;

  String line() {
    String good = ClickJson.line(click);
    return damage == null ? good : damage.apply(good);
  }

  /** All deliveries of these events in the order of their arrival. */
  static List<Delivery> of(List<Click> clicks, SplitMix random) {
    List<Delivery> deliveries = new ArrayList<>(clicks.size() + clicks.size() / 100);
    int everyNth = Math.max(1, clicks.size() / BROKEN);
    for (int i = 0; i < clicks.size(); i++) {
      Click click = clicks.get(i);
      long arrivedAt = click.at() + delay(LATE, random);
      deliveries.add(new Delivery(arrivedAt, click, null));
      if (random.chance(TWICE)) {
        deliveries.add(new Delivery(arrivedAt + delay(0.5, random), click, null));
      }
      int nth = i / everyNth;
      if (i % everyNth == 0 && nth < BROKEN) {
        deliveries.add(new Delivery(arrivedAt, click, DAMAGES.get(nth % DAMAGES.size())));
      }
    }
    // A stable sort: what arrives in the same millisecond stays in the order above.
    deliveries.sort(Comparator.comparingLong(Delivery::arrivedAt));
    return deliveries;
  }

  private static long delay(double chanceOfLong, SplitMix random) {
    return random.chance(chanceOfLong)
        ? random.between(600, LONG_DELAY_SECONDS) * 1000L
        : random.below(SHORT_DELAY_MILLIS);
  }
}
