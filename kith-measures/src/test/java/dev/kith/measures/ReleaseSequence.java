package dev.kith.measures;

import dev.kith.measures.RandomCase.Version;
import dev.kith.measures.RandomHistory.Release;
import dev.kith.sql.SqlAnalyzer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A profile and releases that follow one another, with the rows that it is made of in each.
 *
 * @param change of the profile's definition, before one of the releases
 * @param ofInstant whether it has a column that is another one at every instant
 * @param optimised whether the engine optimises its plans
 */
record ReleaseSequence(
    RandomCase data,
    RandomProfile profile,
    Optional<Change> change,
    boolean ofInstant,
    boolean optimised,
    List<Release> releases) {

  /**
   * That a profile's definition was another one.
   *
   * @param release the number of the first with the definition of now, from 1
   */
  record Change(RandomProfile before, int release) {}

  /**
   * Few, so that there is time for more projects: over all of them every aggregate has its share.
   */
  private static final Integer[] MEASURES = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3};

  ReleaseSequence {
    releases = List.copyOf(releases);
  }

  static ReleaseSequence random(Random random) {
    RandomCase data = new RandomCase(random, new RandomCase.Shape(1, 2, true));
    RandomProfile profile = new RandomProfile(random, data, data.pick(MEASURES));
    List<Release> releases = new RandomHistory(random, data).releases();
    boolean ofInstant = random.nextInt(3) == 0;
    boolean optimised = random.nextInt(8) == 0;
    return new ReleaseSequence(data, profile, Optional.empty(), ofInstant, optimised, releases)
        .changed(random);
  }

  /** One in four with a change of the definition. */
  ReleaseSequence changed(Random random) {
    if (random.nextInt(4) > 0 || releases.size() < 2) {
      return this;
    }
    Change made = new Change(profile, 1 + random.nextInt(releases.size() - 1));
    return of(profile.edited(random), Optional.of(made));
  }

  private ReleaseSequence of(List<Release> others) {
    return new ReleaseSequence(data, profile, change, ofInstant, optimised, others);
  }

  private ReleaseSequence of(RandomProfile other, Optional<Change> itsChange) {
    return new ReleaseSequence(data, other, itsChange, ofInstant, optimised, releases);
  }

  /** The profile as its definition is in a release. */
  RandomProfile profile(int release) {
    return change.filter(c -> release < c.release()).map(Change::before).orElse(profile);
  }

  ProfilePlan plan(RandomProfile one, SqlAnalyzer analyzer) {
    return ofInstant ? one.plan(analyzer) : one.planOfEvents(analyzer);
  }

  /** The same with one release less, the last of them first. */
  List<ReleaseSequence> fewerReleases() {
    List<ReleaseSequence> fewer = new ArrayList<>();
    for (int number = releases.size() - 1; number >= 0 && releases.size() > 1; number--) {
      List<Release> others = new ArrayList<>(releases);
      others.remove(number);
      fewer.add(of(others));
    }
    return fewer;
  }

  List<ReleaseSequence> smallerProfiles() {
    List<ReleaseSequence> smaller = new ArrayList<>();
    if (ofInstant) {
      smaller.add(new ReleaseSequence(data, profile, change, false, optimised, releases));
    }
    if (change.isPresent()) {
      RandomProfile before = change.get().before();
      smaller.add(of(profile, Optional.empty()));
      smaller.add(of(before, Optional.empty()));
      before.smaller().stream()
          .map(less -> of(profile, Optional.of(new Change(less, change.get().release()))))
          .forEach(smaller::add);
    }
    profile.smaller().stream().map(less -> of(less, change)).forEach(smaller::add);
    return smaller;
  }

  List<ReleaseSequence> fewerEvents() {
    return releases.stream()
        .flatMap(release -> release.events().stream())
        .distinct()
        .map(event -> without(event, null))
        .toList();
  }

  List<ReleaseSequence> fewerVersions() {
    return releases.stream()
        .flatMap(release -> release.versions().stream())
        .distinct()
        .map(version -> without(null, version))
        .toList();
  }

  private ReleaseSequence without(@Nullable Event event, @Nullable Version version) {
    return of(
        releases.stream()
            .map(release -> release.without(e -> e.equals(event), v -> v.equals(version)))
            .toList());
  }

  @Override
  public String toString() {
    return "%s%n%s, %s, of instant %s, optimised %s%n%s"
        .formatted(
            data.schema(),
            profile,
            change,
            ofInstant,
            optimised,
            releases.stream().map(ReleaseSequence::text).collect(Collectors.joining("\n")));
  }

  private static String text(Release release) {
    String events =
        release.events().stream().map(Event::toString).collect(Collectors.joining("\n  "));
    return "as of %s (%s, %s)%n  %s%n  %s"
        .formatted(release.at(), release.move(), release.edits(), events, release.versions());
  }
}
