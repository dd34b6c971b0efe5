package dev.kith.examples.retail;

import java.util.List;

/**
 * A seeded source of pseudo-random numbers whose sequence is part of this example's contract: the
 * same seed gives the same clickstream on every Java version, which {@link
 * java.util.SplittableRandom} doesn't promise for its derived methods.
 *
 * <p>The algorithm is SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014, figure 16.
 */
final class SplitMix {

  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  private SplitMix(long state) {
    this.state = state;
  }

  /**
   * An independent sequence for each (seed, stream), so that one scenario can't disturb another.
   */
  static SplitMix of(long seed, long stream) {
    return new SplitMix(mix(seed) ^ mix(stream * GOLDEN_GAMMA + 1));
  }

  /** A bijection on 64 bits: distinct counters give distinct, scattered values. */
  static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Uniform in [0, 1). */
  double nextDouble() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  /** Uniform in [0, bound); {@code bound} must be positive. */
  int below(int bound) {
    return (int) (nextDouble() * bound);
  }

  /** Uniform in [from, to], both included. */
  int between(int from, int to) {
    return from + below(to - from + 1);
  }

  boolean chance(double probability) {
    return nextDouble() < probability;
  }

  /** The number of successes before the first failure: 0 is the likeliest, {@code max} the cap. */
  int run(double probability, int max) {
    int successes = 0;
    while (successes < max && chance(probability)) {
      successes++;
    }
    return successes;
  }

  <T> T pick(List<T> choices) {
    return choices.get(below(choices.size()));
  }
}
