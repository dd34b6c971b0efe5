package dev.kith.run;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the time of a command goes, told to the log: {@code --verbose} shows it. */
final class Phases {

  private static final Logger LOG = LoggerFactory.getLogger(Phases.class);

  private Phases() {}

  /** The result of some work. */
  static <T> T during(String phase, Supplier<T> work) {
    long start = System.nanoTime();
    try {
      return work.get();
    } finally {
      LOG.info("{}: {} ms", phase, (System.nanoTime() - start) / 1_000_000);
    }
  }
}
