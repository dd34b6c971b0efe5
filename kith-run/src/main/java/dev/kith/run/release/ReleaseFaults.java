package dev.kith.run.release;

import dev.kith.lake.Environment;
import dev.kith.lake.LakeCode;
import dev.kith.lake.Release;
import dev.kith.lake.Releases;
import dev.kith.model.KithException;
import dev.kith.run.fault.RunCode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** Faults of asking for releases, with what there is instead. */
public final class ReleaseFaults {

  private ReleaseFaults() {}

  /** There is no release to read. */
  public static KithException nothingPublished(String subject) {
    return KithException.project(
            RunCode.NOTHING_PUBLISHED,
            subject,
            "Cannot read anything: nothing has been published yet")
        .withHelp("'kith run' builds and publishes the project");
  }

  static KithException noSuchRelease(Releases releases, String environment, String name) {
    return KithException.project(
            RunCode.UNKNOWN_RELEASE,
            name,
            "Cannot find a release of '" + environment + "': " + name)
        .withHelp(kept(releases, environment));
  }

  static KithException nothingSeen(Releases releases, String environment, Instant at) {
    return KithException.project(
            RunCode.UNKNOWN_RELEASE,
            at.toString(),
            "Cannot find what readers of '"
                + environment
                + "' saw at "
                + at
                + ": no release of that time is kept")
        .withHelp(kept(releases, environment));
  }

  static KithException noSuchEnvironment(Releases releases, String name) {
    return KithException.project(
            LakeCode.NO_SUCH_ENVIRONMENT, name, "Cannot find an environment: " + name)
        .withHelp(
            "'kith run --env "
                + name
                + "' makes it; there is "
                + releases.environments().stream()
                    .map(Environment::name)
                    .collect(Collectors.joining(", ")));
  }

  static KithException paused(String environment, Environment.Pause pause) {
    String option = environment.equals(Release.PRODUCTION) ? "" : " --env " + environment;
    return KithException.project(
            RunCode.PAUSED,
            environment,
            "Cannot change '" + environment + "': it is paused since " + text(pause))
        .withHelp("'kith resume" + option + "' lets runs publish again, once the cause is mended");
  }

  /** As people are told: {@code 2026-03-01T12:00:00Z (rolled back to ..., by ana)}. */
  private static String text(Environment.Pause pause) {
    return pause.since().truncatedTo(ChronoUnit.SECONDS)
        + " ("
        + pause.reason()
        + (pause.by().isEmpty() ? ")" : ", by " + pause.by() + ")");
  }

  private static String kept(Releases releases, String environment) {
    List<Release> history = releases.history(environment);
    if (history.isEmpty()) {
      return "none is kept";
    }
    Release newest = history.get(0);
    Release oldest = history.get(history.size() - 1);
    return newest.sequence() == oldest.sequence()
        ? "release " + newest.sequence() + " is kept, of " + date(newest)
        : "releases %d (of %s) to %d (of %s) are kept; 'kith history' lists them"
            .formatted(oldest.sequence(), date(oldest), newest.sequence(), date(newest));
  }

  private static Instant date(Release release) {
    return release.createdAt().truncatedTo(ChronoUnit.SECONDS);
  }
}
