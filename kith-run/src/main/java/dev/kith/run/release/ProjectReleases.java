package dev.kith.run.release;

import dev.kith.lake.Environment.Pause;
import dev.kith.lake.Release;
import dev.kith.lake.ReleaseOrigin;
import dev.kith.lake.Releases;
import dev.kith.lake.RunLease;
import dev.kith.lake.RunLog;
import dev.kith.lake.RunRecord;
import dev.kith.lake.Warehouse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a project has published and how that came about, and how to take it back. */
public final class ProjectReleases {

  private final Warehouse warehouse;
  private final Releases releases;
  private final RunLog runs;
  private final Clock clock;

  public ProjectReleases(Warehouse warehouse, Clock clock) {
    this.warehouse = warehouse;
    this.releases = warehouse.releases();
    this.runs = warehouse.runs();
    this.clock = clock;
  }

  /**
   * The release that is meant.
   *
   * @throws dev.kith.model.KithException if there is none, with what is kept
   */
  public Release find(ReleaseReference reference) {
    if (reference instanceof ReleaseReference.SeenAt seen) {
      requireEnvironment(seen.environment());
      return releases
          .at(seen.environment(), seen.instant())
          .orElseThrow(
              () -> ReleaseFaults.nothingSeen(releases, seen.environment(), seen.instant()));
    }
    ReleaseReference.Named named = (ReleaseReference.Named) reference;
    int colon = named.name().indexOf(':');
    return colon < 0
        ? find(named.environment(), named.name())
        : find(named.name().substring(0, colon), named.name().substring(colon + 1));
  }

  private Release find(String environment, String name) {
    requireEnvironment(environment);
    return releases
        .find(environment, name)
        .or(() -> releases.release(name))
        .or(() -> releases.current(name))
        .orElseThrow(() -> ReleaseFaults.noSuchRelease(releases, environment, name));
  }

  private void requireEnvironment(String environment) {
    if (releases.environment(environment).isEmpty()) {
      throw environment.equals(Release.PRODUCTION)
          ? ReleaseFaults.nothingPublished(environment)
          : ReleaseFaults.noSuchEnvironment(releases, environment);
    }
  }

  /** What readers of an environment see. */
  public Optional<Release> current(String environment) {
    return releases.current(environment);
  }

  /** The last runs and releases of an environment, the newest first. */
  public List<HistoryEntry> history(String environment, int count) {
    Map<String, Release> published = new HashMap<>();
    List<HistoryEntry> entries = new ArrayList<>();
    List<RunRecord> recent = runs.recent(count, Optional.of(environment));
    for (Release release : releases.history(environment, count)) {
      if (recent.stream().anyMatch(run -> run.id().equals(release.run()))) {
        published.put(release.run(), release);
      } else {
        entries.add(ofRelease(release));
      }
    }
    recent.forEach(
        run ->
            entries.add(
                new HistoryEntry(
                    Optional.of(run),
                    Optional.ofNullable(published.get(run.id())),
                    runs.steps(run.id()))));
    return entries.stream()
        .sorted(Comparator.comparing(HistoryEntry::at).reversed())
        .limit(count)
        .toList();
  }

  /**
   * A run, or a release with the run that made it.
   *
   * @param name the id of a run, or a release as {@link ReleaseReference.Named} has it
   */
  public HistoryEntry entry(String environment, String name) {
    Optional<RunRecord> run = runs.run(name);
    return run.isPresent()
        ? new HistoryEntry(run, run.get().release().flatMap(releases::release), runs.steps(name))
        : ofRelease(find(new ReleaseReference.Named(environment, name)));
  }

  private HistoryEntry ofRelease(Release release) {
    return new HistoryEntry(
        runs.run(release.run()), Optional.of(release), runs.steps(release.run()));
  }

  /** The release before a release, if it is kept. */
  public Optional<Release> parent(Release release) {
    return release.parent().flatMap(releases::release);
  }

  /** The release that a release was rolled back to, or that was promoted, if it is kept. */
  public Optional<Release> origin(Release release) {
    if (release.origin() instanceof ReleaseOrigin.RolledBack back) {
      return releases.release(back.release());
    }
    return release.origin() instanceof ReleaseOrigin.Promoted promoted
        ? releases.release(promoted.release())
        : Optional.empty();
  }

  /**
   * Gives readers back what an earlier release had, and pauses the environment.
   *
   * @param name as {@link ReleaseReference.Named} has it
   * @return the release that was inserted
   */
  public Release rollback(String environment, String name) {
    try (RunLease lease = warehouse.leases().acquire("rollback", Duration.ZERO)) {
      lease.check();
      Release target = find(new ReleaseReference.Named(environment, name));
      Release release = releases.rollback(environment, target.id(), user(), clock.instant());
      releases.mirror(release);
      return release;
    }
  }

  /**
   * Ends a pause.
   *
   * @return what it was; empty if there was none
   */
  public Optional<Pause> resume(String environment) {
    try (RunLease lease = warehouse.leases().acquire("resume", Duration.ZERO)) {
      lease.check();
      requireEnvironment(environment);
      Optional<Pause> pause = releases.paused(environment);
      if (pause.isPresent()) {
        releases.current(environment).ifPresent(releases::mirror); // a rollback may have died here
        releases.resume(environment);
      }
      return pause;
    }
  }

  /** Whether runs are to leave an environment alone, and why. */
  public Optional<Pause> paused(String environment) {
    return releases.paused(environment);
  }

  /**
   * To be called before anything in an environment is changed.
   *
   * @throws dev.kith.model.KithException if it is paused
   */
  public void requireNotPaused(String environment) {
    paused(environment)
        .ifPresent(
            pause -> {
              throw ReleaseFaults.paused(environment, pause);
            });
  }

  /** Who uses this process, as releases remember it. */
  public static String user() {
    return System.getProperty("user.name", "");
  }
}
