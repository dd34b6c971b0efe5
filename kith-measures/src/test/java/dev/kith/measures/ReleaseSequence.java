package dev.kith.measures;

import dev.kith.measures.RandomCase.Version;
import dev.kith.measures.RandomHistory.Release;
import dev.kith.sql.SqlAnalyzer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A profile and releases that follow one another, with the rows that it is made of in each.
 *
 * @param ofInstant whether it has a column that is another one at every instant
 * @param optimised whether the engine optimises its plans
 */
record ReleaseSequence(
    RandomCase data,
    RandomProfile profile,
    boolean ofInstant,
    boolean optimised,
    List<Release> releases) {

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
    return new ReleaseSequence(
        data, profile, random.nextInt(3) == 0, random.nextInt(8) == 0, releases);
  }

  private ReleaseSequence of(List<Release> others) {
    return new ReleaseSequence(data, profile, ofInstant, optimised, others);
  }

  ProfilePlan plan(SqlAnalyzer analyzer) {
    return ofInstant ? profile.plan(analyzer) : profile.planOfEvents(analyzer);
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
      smaller.add(new ReleaseSequence(data, profile, false, optimised, releases));
    }
    profile.smaller().stream()
        .map(less -> new ReleaseSequence(data, less, ofInstant, optimised, releases))
        .forEach(smaller::add);
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
    return "%s%n%s, of instant %s, optimised %s%n%s"
        .formatted(
            data.schema(),
            profile,
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
