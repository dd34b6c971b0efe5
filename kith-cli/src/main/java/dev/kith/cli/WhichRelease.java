package dev.kith.cli;

import dev.kith.Kith;
import dev.kith.Published;
import dev.kith.model.KithException;
import dev.kith.run.Moment;
import dev.kith.run.Workspace;
import dev.kith.run.release.ReleaseReference;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say which release is read. */
final class WhichRelease {

  @Option(
      names = "--release",
      paramLabel = "RELEASE",
      description =
          "Reads this release instead of the current one: its number or id, 'previous', or"
              + " ENVIRONMENT:NUMBER.")
  private @Nullable String release;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description =
          "Reads what readers saw at this time, such as 2026-01-31, '2026-01-31 18:00' (in the"
              + " project's zone) or 2026-01-31T18:00:00Z.")
  private @Nullable String at;

  Published published(Kith kith) {
    return release == null && at == null
        ? kith.published()
        : kith.published(release(kith.workspace()));
  }

  ReleaseReference release(Workspace workspace) {
    if (release != null && at != null) {
      throw KithException.usage(
              CliCode.ONE_RELEASE, at, "Cannot read a release and a time at once: " + at)
          .withHelp("give --release or --at");
    }
    if (release != null) {
      return new ReleaseReference.Named(workspace.environment(), release);
    }
    return at == null
        ? ReleaseReference.current(workspace.environment())
        : new ReleaseReference.SeenAt(
            workspace.environment(), instant(at, workspace.project().settings().timezone()));
  }

  /**
   * An instant as people write it.
   *
   * @param zone of dates and local times
   */
  static Instant instant(String text, ZoneId zone) {
    try {
      return Moment.parse(text).in(zone);
    } catch (DateTimeParseException e) {
      throw KithException.usage(CliCode.NOT_A_TIME, text, "Cannot be a time: " + text)
          .withHelp("write it as 2026-01-31, '2026-01-31 18:00' or 2026-01-31T18:00:00Z");
    }
  }
}
