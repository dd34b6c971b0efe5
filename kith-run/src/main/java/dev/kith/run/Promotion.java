package dev.kith.run;

import dev.kith.lake.NewRelease;
import dev.kith.lake.Publication;
import dev.kith.lake.Release;
import dev.kith.lake.ReleaseEntry;
import dev.kith.lake.ReleaseOrigin;
import dev.kith.lake.Releases;
import dev.kith.lake.RunLease;
import dev.kith.model.KithException;
import dev.kith.model.Problems;
import dev.kith.model.TableName;
import dev.kith.run.fault.RunCode;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.plan.Overlay;
import dev.kith.run.release.ProjectReleases;
import dev.kith.run.release.ReleaseReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Publishes in production what an environment has built: the very snapshots that were checked and
 * looked at. Nothing is computed and no table is written to, so what was tested is what readers
 * get. Where production has moved on in between, so that the two would not fit together, nothing is
 * published.
 */
final class Promotion {

  private final Workspace workspace;
  private final String environment;

  /**
   * @param workspace in the environment
   */
  Promotion(Workspace workspace) {
    this.workspace = workspace;
    this.environment = workspace.environment();
  }

  PromotionReport promote() {
    if (environment.equals(Release.PRODUCTION)) {
      throw cannot("production is what environments are promoted to", "name an environment");
    }
    if (workspace.project().settings().environment().sample().isPresent()) {
      throw cannot(
          "it works with a sample of the people",
          "run the same definitions in an environment without 'sample', and promote that");
    }
    try (RunLease lease = workspace.warehouse().leases().acquire("promote", Duration.ZERO)) {
      lease.check();
      workspace.releases().requireNotPaused(Release.PRODUCTION);
      return promoted();
    }
  }

  private PromotionReport promoted() {
    Blueprint blueprint = workspace.blueprint(new Problems());
    Releases releases = workspace.warehouse().releases();
    Release tested = workspace.releases().find(ReleaseReference.current(environment));
    Optional<Release> before = releases.current(Release.PRODUCTION);
    before.ifPresent(releases::mirror); // a promotion that was killed may have left that undone
    Overlay overlay =
        new Overlay(
            workspace.warehouse(),
            workspace.basis(),
            tested,
            tested.base().flatMap(releases::release),
            blueprint,
            workspace.uses(blueprint),
            workspace.project().settings().timezone());
    List<String> faults = overlay.faults();
    if (!faults.isEmpty()) {
      throw cannot(
          String.join("; ", faults),
          "build it on what production has now, and look at it again: kith run --env "
              + environment);
    }
    Map<TableName, ReleaseEntry> entries = overlay.entries();
    if (before.isPresent() && before.get().entries().equals(entries)) {
      return new PromotionReport(tested, Optional.empty(), List.of(), List.of());
    }
    NewRelease release =
        new NewRelease(
                Release.PRODUCTION,
                before.map(Release::id),
                entries,
                tested.run(),
                workspace.clock().instant())
            .by(ProjectReleases.user())
            .from(new ReleaseOrigin.Promoted(environment, tested.id()));
    if (!(releases.publish(release) instanceof Publication.Published published)) {
      throw KithException.outside(
              RunCode.PUBLISHED_MEANWHILE,
              environment,
              "Cannot promote '" + environment + "': a run has published meanwhile",
              null)
          .withHelp("promote again");
    }
    releases.mirror(published.release());
    return new PromotionReport(
        tested, Optional.of(published.release()), overlay.replaced(), overlay.dropped());
  }

  private KithException cannot(String why, String help) {
    return KithException.project(
            RunCode.CANNOT_PROMOTE, environment, "Cannot promote '" + environment + "': " + why)
        .withHelp(help);
  }
}
