package dev.kith.measures;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Takes away from a sequence of releases what can go while it still fails. */
final class Shrinking {

  private static final List<Function<ReleaseSequence, List<ReleaseSequence>>> WAYS =
      List.of(
          ReleaseSequence::smallerProfiles,
          ReleaseSequence::fewerReleases,
          ReleaseSequence::fewerEvents,
          ReleaseSequence::fewerVersions);

  private final Function<ReleaseSequence, Optional<Throwable>> trial;
  private final long end;

  /**
   * @param trial says how a sequence fails, if it does
   */
  Shrinking(Function<ReleaseSequence, Optional<Throwable>> trial, Duration most) {
    this.trial = trial;
    this.end = System.nanoTime() + most.toNanos();
  }

  /** The smallest sequence found that fails in the same way, and how. */
  String shrunken(ReleaseSequence failing, Throwable fault) {
    ReleaseSequence smallest = failing;
    ReleaseSequence last;
    do {
      last = smallest;
      for (Function<ReleaseSequence, List<ReleaseSequence>> way : WAYS) {
        smallest = smaller(smallest, way, fault.getClass());
      }
    } while (!last.equals(smallest));
    return trial.apply(smallest).map(Throwable::getMessage).orElse("") + "\n" + smallest;
  }

  private ReleaseSequence smaller(
      ReleaseSequence failing,
      Function<ReleaseSequence, List<ReleaseSequence>> way,
      Class<?> fault) {
    ReleaseSequence smallest = failing;
    List<ReleaseSequence> candidates = way.apply(smallest);
    int next = 0;
    while (next < candidates.size() && System.nanoTime() < end) {
      ReleaseSequence candidate = candidates.get(next);
      if (trial.apply(candidate).filter(fault::isInstance).isPresent()) {
        smallest = candidate;
        candidates = way.apply(smallest);
      } else {
        next++;
      }
    }
    return smallest;
  }
}
