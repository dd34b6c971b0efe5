package dev.kith.lake;

import dev.kith.lake.Environment.Pause;
import dev.kith.lake.ReleaseRows.Heading;
import dev.kith.model.KithException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The chains of releases, one for each environment. A release has one child at most, so that of two
 * runs that build on the same one, one publishes and the other learns of it.
 */
public final class Releases {

  private final MetadataDatabase database;
  private final ReleaseFiles files;
  private final ReleaseMirror mirror;
  private final Clock clock;

  /** Of each environment, the release that was current last; what a release says never changes. */
  private final Map<String, Release> known = new ConcurrentHashMap<>();

  Releases(MetadataDatabase database, Path folder, ReleaseMirror mirror, Clock clock) {
    this.database = database;
    this.files = new ReleaseFiles(folder);
    this.mirror = mirror;
    this.clock = clock;
  }

  /** What readers of the environment see. */
  public Optional<Release> current(String environment) {
    return database.read(
        "read the current release",
        connection -> {
          Optional<String> id = ReleaseRows.currentId(connection, environment);
          Optional<Release> before =
              Optional.ofNullable(known.get(environment))
                  .filter(release -> id.equals(Optional.of(release.id())));
          if (before.isPresent() || id.isEmpty()) {
            return before;
          }
          Optional<Release> current = ReleaseRows.release(connection, id.get());
          current.ifPresent(release -> known.put(environment, release));
          return current;
        });
  }

  /** The release of that id. */
  public Optional<Release> release(String id) {
    return database.read("read a release", connection -> ReleaseRows.release(connection, id));
  }

  /** All releases of the environment that are kept, the newest first. */
  public List<Release> history(String environment) {
    return database.read(
        "read the releases",
        connection -> ReleaseRows.history(connection, environment, Integer.MAX_VALUE));
  }

  /** The newest releases of the environment that are kept, the newest first. */
  public List<Release> history(String environment, int count) {
    return database.read(
        "read the releases", connection -> ReleaseRows.history(connection, environment, count));
  }

  /** What readers of the environment saw at an instant, if that is kept. */
  public Optional<Release> at(String environment, Instant instant) {
    return find(environment, heading -> !heading.createdAt().isAfter(instant), 0);
  }

  /**
   * A release of the environment, as people name it.
   *
   * @param reference its number, such as {@code 12}, its id, {@code current}, or {@code previous}
   *     for the one before that
   */
  public Optional<Release> find(String environment, String reference) {
    return switch (reference) {
      case "current" -> find(environment, heading -> true, 0);
      case "previous" -> find(environment, heading -> true, 1);
      default ->
          find(
              environment,
              heading ->
                  heading.id().equals(reference)
                      || Long.toString(heading.sequence()).equals(reference),
              0);
    };
  }

  /** The newest that is wanted, or one of those before. */
  private Optional<Release> find(String environment, Predicate<Heading> wanted, int skipped) {
    return database.read(
        "look for a release",
        connection -> {
          Optional<Heading> found =
              ReleaseRows.headings(connection).stream()
                  .filter(heading -> heading.environment().equals(environment))
                  .filter(wanted)
                  .skip(skipped)
                  .findFirst();
          return found.isEmpty()
              ? Optional.<Release>empty()
              : ReleaseRows.release(connection, found.get().id());
        });
  }

  /**
   * Makes a release what readers see, if its parent still is what they see. The manifest file is
   * written first; the row in the database is what counts.
   */
  public Publication publish(NewRelease wanted) {
    return publish(wanted, (connection, release) -> {});
  }

  /** What is to be done in the transaction that publishes. */
  @FunctionalInterface
  private interface Besides {
    void run(Connection connection, Release release) throws SQLException;
  }

  private Publication publish(NewRelease wanted, Besides besides) {
    Optional<Release> before = current(wanted.environment());
    if (!before.map(Release::id).equals(wanted.parent())) {
      return new Publication.ReleaseConflict(before);
    }
    Release release = named(wanted, before.map(Release::sequence).orElse(0L) + 1);
    String manifest = ReleaseManifest.write(release);
    files.write(release, manifest);
    Failpoint.MANIFEST_WRITTEN.hit();
    boolean inserted;
    try {
      inserted = insert(release, manifest, besides);
    } catch (KithException e) {
      if (e.code() == LakeCode.LEASE_LOST) {
        files.delete(release.environment(), release.id()); // it is certain that it has no row
      }
      throw e;
    }
    if (!inserted) {
      files.delete(release.environment(), release.id());
      return new Publication.ReleaseConflict(current(wanted.environment()));
    }
    files.deleteRivals(release);
    Failpoint.RELEASE_INSERTED.hit();
    return new Publication.Published(release);
  }

  private boolean insert(Release release, String manifest, Besides besides) {
    return database.write(
        "publish a release",
        connection -> {
          if (!ReleaseRows.insert(connection, release, manifest)) {
            return false;
          }
          Environments.add(connection, release.environment(), release.createdAt());
          besides.run(connection, release);
          return true;
        });
  }

  /**
   * Gives readers back what an earlier release of the environment had: publishes a release with its
   * entries. Nothing is written to any table. The environment is paused in the same transaction.
   *
   * @param target as in {@link #find}
   * @param by the user who asks for it
   * @throws KithException with {@link LakeCode#NO_SUCH_RELEASE}, or with {@link LakeCode#CONFLICT}
   *     if another release was published meanwhile
   */
  public Release rollback(String environment, String target, String by, Instant at) {
    Release wanted =
        find(environment, target).orElseThrow(() -> noSuchRelease(environment, target));
    mirror.checkComplete(wanted);
    NewRelease release =
        new NewRelease(environment, current(environment).map(Release::id), wanted.entries(), "", at)
            .by(by)
            .from(new ReleaseOrigin.RolledBack(wanted.id()));
    Publication publication =
        publish(
            wanted.base().map(release::basedOn).orElse(release),
            (connection, published) ->
                Environments.pause(
                    connection,
                    environment,
                    pauseAfter(published, new ReleaseOrigin.RolledBack(wanted.id()))));
    if (publication instanceof Publication.Published published) {
      return published.release();
    }
    throw KithException.outside(
        LakeCode.CONFLICT,
        environment,
        "Cannot roll back '" + environment + "': another release was published meanwhile",
        null);
  }

  private static Pause pauseAfter(Release release, ReleaseOrigin.RolledBack origin) {
    return new Pause(release.createdAt(), release.by(), "rolled back to " + origin.release());
  }

  static KithException noSuchRelease(String environment, String reference) {
    return KithException.project(
            LakeCode.NO_SUCH_RELEASE,
            environment,
            "Cannot find a release of '" + environment + "': " + reference)
        .withHelp("'kith history' lists those that are kept");
  }

  /**
   * Does what follows a publication, as far as it is not done: tags the release's snapshots, so
   * that they are kept, and for production sets each table's {@code main} to its snapshot and the
   * plain names in the namespace {@code prod} to what they mean, for other Iceberg readers. Names
   * that are no longer in the release go. To be called after {@link #publish} and, as repair, at
   * the start of each run; a release that is not the current one is only tagged. That it is done is
   * remembered, so that a release is looked through once.
   */
  public void mirror(Release release) {
    if (database.read(
        "look for a release", connection -> ReleaseRows.isMirrored(connection, release.id()))) {
      return;
    }
    boolean shown =
        release.environment().equals(Release.PRODUCTION)
            && current(Release.PRODUCTION).map(Release::id).equals(Optional.of(release.id()));
    mirror.tag(release, toTag(release), shown);
    Failpoint.TAGS_SET.hit();
    database.write(
        "mirror a release",
        connection -> {
          Optional<Release> current = ReleaseRows.current(connection, Release.PRODUCTION);
          if (current.isPresent() && current.get().id().equals(release.id())) {
            mirror.name(connection, release);
          }
          ReleaseRows.mirrored(connection, release.id(), Optional.of(clock.instant()));
          return true;
        });
    Failpoint.MIRROR_UPDATED.hit();
  }

  /**
   * Lists the plain names of the current release anew: what was cleaned away is in the metadata
   * files that they name still. A release that is not mirrored yet is left to the next run.
   */
  void relist() {
    database.write(
        "list the plain names",
        connection -> {
          Optional<Release> current = ReleaseRows.current(connection, Release.PRODUCTION);
          if (current.isPresent() && ReleaseRows.isMirrored(connection, current.get().id())) {
            mirror.name(connection, current.get());
          }
          return true;
        });
  }

  /** As {@link #mirror}, also if it is done: somebody may have damaged it. */
  void mirrorAgain(Release release) {
    database.write(
        "mirror a release",
        connection -> {
          ReleaseRows.mirrored(connection, release.id(), Optional.empty());
          return true;
        });
    mirror(release);
  }

  /** Fails if a table or snapshot of the release is not there any more. */
  void checkComplete(Release release) {
    mirror.checkComplete(release);
  }

  /**
   * Puts a release back into the database whose manifest says that it was published.
   *
   * @return not if another has its place
   */
  boolean restore(Release release) {
    return database.write(
        "restore a release",
        connection -> {
          if (!ReleaseRows.insert(connection, release, ReleaseManifest.write(release))) {
            return false;
          }
          Environments.add(connection, release.environment(), release.createdAt());
          return true;
        });
  }

  /** Pauses the environment if what its readers see came of a rollback. */
  void pauseAfterRollback(String environment) {
    current(environment)
        .ifPresent(
            release -> {
              if (release.origin() instanceof ReleaseOrigin.RolledBack origin) {
                pause(environment, pauseAfter(release, origin));
              }
            });
  }

  /** Production's snapshots are tagged by production: an environment changes no table of its. */
  private Collection<ReleaseEntry> toTag(Release release) {
    List<ReleaseEntry> entries = new ArrayList<>(release.entries().values());
    release
        .base()
        .flatMap(this::release)
        .ifPresent(base -> entries.removeAll(base.entries().values()));
    return entries;
  }

  /** All environments that have ever had a release and were not dropped, by name. */
  public List<Environment> environments() {
    return database.read("list the environments", Environments::all);
  }

  /** The environment of that name. */
  public Optional<Environment> environment(String name) {
    return environments().stream()
        .filter(environment -> environment.name().equals(name))
        .findFirst();
  }

  /** Sets when an environment may be cleaned away; never, if that is empty. */
  public void expire(String environment, Optional<Instant> at) {
    if (environment.equals(Release.PRODUCTION)) {
      throw new IllegalArgumentException("Cannot let production expire");
    }
    database.write(
        "set when an environment expires",
        connection -> {
          Environments.expire(connection, environment, at);
          return true;
        });
  }

  /** Has schedules leave an environment alone. */
  public void pause(String environment, Pause pause) {
    database.write(
        "pause an environment",
        connection -> {
          Environments.pause(connection, environment, pause);
          return true;
        });
  }

  /** Ends a pause. */
  public void resume(String environment) {
    database.write(
        "resume an environment",
        connection -> {
          Environments.resume(connection, environment);
          return true;
        });
  }

  /** Whether schedules are to leave the environment alone, and why. */
  public Optional<Pause> paused(String environment) {
    return environment(environment).flatMap(Environment::pause);
  }

  /**
   * Takes an environment away with all its releases. Cleaning then frees what only they held.
   *
   * @throws KithException with {@link LakeCode#NO_SUCH_ENVIRONMENT}, also for production, which
   *     cannot be dropped
   */
  public void dropEnvironment(String environment) {
    if (environment.equals(Release.PRODUCTION) || environment(environment).isEmpty()) {
      throw KithException.project(
          LakeCode.NO_SUCH_ENVIRONMENT,
          environment,
          environment.equals(Release.PRODUCTION)
              ? "Cannot drop production"
              : "Cannot find an environment: " + environment);
    }
    List<Heading> doomed =
        headings().stream().filter(heading -> heading.environment().equals(environment)).toList();
    delete(doomed, List.of(environment));
  }

  /** All releases of all environments, the newest of each first. */
  List<Heading> headings() {
    return database.read("list the releases", ReleaseRows::headings);
  }

  /**
   * Deletes releases and environments. Manifest files go first: without rows they would be taken
   * for releases that the database has lost, rows without them are deleted by the next attempt.
   */
  void delete(List<Heading> releases, List<String> environments) {
    for (Heading release : releases) {
      files.delete(release.environment(), release.id());
      Failpoint.RELEASE_FILE_DELETED.hit();
    }
    database.write(
        "delete releases",
        connection -> {
          ReleaseRows.delete(connection, releases.stream().map(Heading::id).toList());
          for (String environment : environments) {
            Environments.remove(connection, environment);
          }
          return true;
        });
    Failpoint.RELEASES_DELETED.hit();
  }

  private static Release named(NewRelease wanted, long sequence) {
    String id =
        ReleaseFiles.prefix(wanted.environment(), sequence)
            + UUID.randomUUID().toString().substring(0, 8);
    return new Release(
        id,
        wanted.environment(),
        sequence,
        wanted.parent(),
        wanted.createdAt(),
        wanted.run(),
        wanted.by(),
        wanted.origin(),
        wanted.base(),
        wanted.entries());
  }
}
