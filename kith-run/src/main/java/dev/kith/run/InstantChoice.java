package dev.kith.run;

import dev.kith.run.event.RunListener;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.plan.Versions;
import java.time.Instant;

/** Says of which instant the profiles of a run are. */
@FunctionalInterface
interface InstantChoice {

  /**
   * To be asked once, when the sources have been read.
   *
   * @param versions that the sources have reached
   * @param listener of the run
   */
  Instant of(Blueprint blueprint, Versions versions, RunListener listener);
}
