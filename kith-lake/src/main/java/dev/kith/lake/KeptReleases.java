package dev.kith.lake;

import dev.kith.lake.ReleaseRows.Heading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which releases a policy keeps, and which go. */
record KeptReleases(List<Heading> kept, List<Heading> doomed, List<String> expired) {

  /**
   * @param newestFirst all releases, those of an environment together
   */
  static KeptReleases of(
      List<Heading> newestFirst, List<Environment> environments, CleanPolicy policy, Instant now) {
    Set<String> expired =
        environments.stream()
            .filter(environment -> !environment.name().equals(Release.PRODUCTION))
            .filter(environment -> environment.isExpired(now))
            .map(Environment::name)
            .collect(Collectors.toSet());
    List<Heading> kept = new ArrayList<>();
    List<Heading> doomed = new ArrayList<>();
    Map<String, Integer> places = new HashMap<>();
    Map<String, Instant> successors = new HashMap<>();
    Instant oldest = now.minus(policy.keep());
    for (Heading release : newestFirst) {
      String environment = release.environment();
      int newer = places.merge(environment, 1, Integer::sum) - 1;
      Instant replaced = successors.put(environment, release.createdAt());
      boolean recent = replaced == null || replaced.isAfter(oldest);
      boolean stays = !expired.contains(environment) && (recent || newer < policy.atLeast());
      (stays ? kept : doomed).add(release);
    }
    return new KeptReleases(kept, doomed, expired.stream().sorted().toList());
  }
}
