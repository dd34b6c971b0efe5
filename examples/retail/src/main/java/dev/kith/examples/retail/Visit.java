package dev.kith.examples.retail;

import java.util.ArrayList;
import java.util.List;

/**
 * One visit in the making: steps and the pauses between them, on a clock that starts at 0. It
 * becomes events when its start is known, so a visit can also be laid out to end at a given time.
 */
final class Visit {

  private static final int NEVER = Integer.MAX_VALUE;

  private final Visitor visitor;
  private final String referrer;
  private final SplitMix random;
  private final List<Click.Step> steps = new ArrayList<>();
  private final List<Long> offsets = new ArrayList<>();
  private long clock;
  private int signedInFrom;

  /** Starts a visit; a known customer is signed in from the first step unless told otherwise. */
  Visit(Visitor visitor, String referrer, SplitMix random) {
    this.visitor = visitor;
    this.referrer = referrer;
    this.random = random;
    this.signedInFrom = visitor.customer() == 0 ? NEVER : 0;
  }

  /** The visitor begins as a stranger, and is known only after {@link #signIn}. */
  Visit asStranger() {
    signedInFrom = NEVER;
    return this;
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  boolean isStranger() {
    return visitor.customer() != 0 && signedInFrom == NEVER;
  }

  Visit home() {
    return step("home", "", "/");
  }

  Visit search(String words) {
    return step("search", "", "/search?q=" + words);
  }

  Visit view(String product) {
    return step("view", product, "/products/" + product);
  }

  Visit addToCart(String product) {
    return step("add_to_cart", product, "/cart");
  }

  Visit signIn() {
    signedInFrom = steps.size();
    return step("sign_in", "", "/sign-in");
  }

  Visit purchase(String invoice) {
    return step("purchase", "", "/checkout/complete/" + invoice);
  }

  /** The number of milliseconds from the first step to the last. */
  long length() {
    return offsets.get(offsets.size() - 1);
  }

  /** The visit's events if it starts at {@code start}; {@code firstId} counts events. */
  List<Click> startingAt(long start, long firstId) {
    List<Click> clicks = new ArrayList<>(steps.size());
    long session = SplitMix.mix(~firstId);
    for (int i = 0; i < steps.size(); i++) {
      boolean last = i + 1 == steps.size();
      clicks.add(
          new Click(
              SplitMix.mix(firstId + i),
              start + offsets.get(i),
              i >= signedInFrom ? visitor.customer() : 0,
              session,
              visitor,
              steps.get(i),
              last ? -1 : offsets.get(i + 1) - offsets.get(i),
              i == 0 ? referrer : ""));
    }
    return clicks;
  }

  private Visit step(String kind, String product, String url) {
    offsets.add(clock);
    steps.add(new Click.Step(kind, product, url));
    clock += pauseMillis();
    return this;
  }

  /** Mostly some seconds, now and then minutes, always far below a session's half hour. */
  private long pauseMillis() {
    double unit = random.nextDouble();
    return 1500 + (long) (unit * unit * unit * 90_000) + random.below(12_000);
  }
}
