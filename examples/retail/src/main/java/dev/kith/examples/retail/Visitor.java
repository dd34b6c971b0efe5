package dev.kith.examples.retail;

import java.util.List;

/**
 * Somebody in front of one device. The {@code anonymousId} is that device's cookie: it stays the
 * same before and after sign-in, which is what identity stitching lives on.
 *
 * @param customer the customer's number, 0 for somebody who never signs in
 * @param anonymousId the cookie
 * @param device {@code desktop}, {@code tablet} or {@code phone}
 * @param ip from the ranges that RFC 5737 reserves for documentation
 */
record Visitor(int customer, String anonymousId, String device, String ip) {

  private static final List<String> DEVICES =
      List.of("desktop", "desktop", "desktop", "desktop", "desktop", "phone", "phone", "tablet");
  private static final List<String> NETWORKS = List.of("192.0.2.", "198.51.100.", "203.0.113.");

  /** A customer's first or second device; most visits come from the first. */
  static Visitor ofCustomer(long seed, int customer, SplitMix random) {
    int device = random.chance(0.85) ? 1 : 2;
    SplitMix traits = SplitMix.of(seed, customer * 4L + device);
    return draw(customer, traits);
  }

  /** A new visitor whom the shop doesn't know. */
  static Visitor anonymous(SplitMix random) {
    return draw(0, random);
  }

  private static Visitor draw(int customer, SplitMix random) {
    return new Visitor(
        customer,
        "a" + Hex.of(random.nextLong()),
        random.pick(DEVICES),
        random.pick(NETWORKS) + random.between(1, 254));
  }
}
