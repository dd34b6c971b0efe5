package dev.kith.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.measures.RandomCase.Version;
import dev.kith.measures.RandomHistory.Release;
import dev.kith.model.TableName;
import dev.kith.sql.SqlAnalyzer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A profile that is built for the first of some releases and only updated for each later one, held
 * against what it means every time.
 *
 * @param ofInstant whether it has a column that is another one at every instant
 */
record ReleaseSequence(
    RandomCase data, RandomProfile profile, boolean ofInstant, List<Release> releases) {

  ReleaseSequence {
    releases = List.copyOf(releases);
  }

  /** How much there was to do, and was done. */
  static final class Effort {
    long rows;
    long touched;
  }

  void check(Duck duck, SqlAnalyzer analyzer, Coverage coverage, Effort effort) throws Exception {
    ProfilePlan plan = ofInstant ? profile.plan(analyzer) : profile.planOfEvents(analyzer);
    duck.zone(data.zone);
    for (int i = 0; i < releases.size(); i++) {
      if (i == 0) {
        build(duck, plan, releases.get(0));
      } else {
        update(duck, plan, i, effort, coverage);
      }
      compare(duck, "kith_before", i, coverage);
    }
  }

  private void build(Duck duck, ProfilePlan plan, Release first) throws Exception {
    duck.create("events", data.eventSchema(), data.eventRows(first.events()));
    duck.create("people", RandomCase.PEOPLE_SCHEMA, RandomCase.versionRows(first.versions()));
    CompiledQuery query =
        AsOfCompiler.compileKeeping(plan, new Instants.Single(first.at()), data.zone);
    duck.materialise(query.steps());
    for (CompiledQuery.Step step : query.steps()) {
      if (step.state().isPresent()) {
        keep(duck, step);
      }
    }
    duck.execute("CREATE OR REPLACE TEMP TABLE kith_before AS " + query.sql());
  }

  static void keep(Duck duck, CompiledQuery.Step step) throws Exception {
    String columns =
        step.state().orElseThrow().columns().stream()
            .map(column -> column.quotedName() + " " + column.type().sql())
            .collect(Collectors.joining(", "));
    String state = CompiledUpdate.state(step.name()).quoted();
    duck.execute("CREATE OR REPLACE TEMP TABLE " + state + " (" + columns + ")");
    duck.execute("INSERT INTO " + state + " BY NAME SELECT * FROM " + step.name());
  }

  /** By either strategy, which must agree. */
  private void update(Duck duck, ProfilePlan plan, int number, Effort effort, Coverage coverage)
      throws Exception {
    Release from = releases.get(number - 1);
    Release to = releases.get(number);
    bind(duck, from, to);
    update(duck, UpdateCompiler.compile(plan, from.at(), to.at(), data.zone));
    compare(duck, "kith_after", number, coverage);
    effort.rows += RandomCase.PEOPLE;
    effort.touched += duck.rows(CompiledUpdate.KEYS).size();
    if (to.at().isBefore(from.at())) {
      build(duck, plan, to);
      return;
    }
    CompiledUpdate delta = DeltaCompiler.compile(plan, from.at(), to.at(), data.zone);
    update(duck, delta);
    for (StateChange change : delta.state()) {
      follow(duck, change);
      if (number % 3 == 0) {
        condense(duck, change);
      }
    }
    duck.execute("CREATE OR REPLACE TEMP TABLE kith_before AS SELECT * FROM kith_after");
  }

  private void bind(Duck duck, Release from, Release to) throws Exception {
    String events = data.eventSchema();
    duck.create("kith_all_of_events", events, data.eventRows(to.events()));
    duck.create("kith_before_in_events", events, data.eventRows(from.events()));
    duck.create("kith_came_to_events", events, data.eventRows(less(to.events(), from.events())));
    duck.create("kith_went_from_events", events, data.eventRows(less(from.events(), to.events())));
    String people = RandomCase.PEOPLE_SCHEMA;
    duck.create("kith_all_of_people", people, RandomCase.versionRows(to.versions()));
    duck.create("kith_before_in_people", people, RandomCase.versionRows(from.versions()));
    duck.create(
        "kith_came_to_people",
        people,
        RandomCase.versionRows(less(to.versions(), from.versions())));
    duck.create(
        "kith_went_from_people",
        people,
        RandomCase.versionRows(less(from.versions(), to.versions())));
  }

  static void update(Duck duck, CompiledUpdate update) throws Exception {
    duck.materialise(update.first());
    for (Map.Entry<TableName, String> input : update.inputs().entrySet()) {
      duck.execute(
          "CREATE OR REPLACE TEMP TABLE " + input.getKey().quoted() + " AS " + input.getValue());
    }
    duck.materialise(update.rows().steps());
    String others =
        update
            .others()
            .orElse("SELECT * FROM kith_before WHERE person NOT IN (" + CompiledUpdate.KEYS + ")");
    duck.execute(
        "CREATE OR REPLACE TEMP TABLE kith_after AS "
            + update.rows().sql()
            + "\nUNION ALL "
            + others);
  }

  static void follow(Duck duck, StateChange change) throws Exception {
    String state = CompiledUpdate.state(change.step()).quoted();
    duck.execute("CREATE OR REPLACE TEMP TABLE kith_added AS " + change.rows());
    if (change.replaced().isPresent()) {
      duck.execute("DELETE FROM " + state + " WHERE kith_key IN (" + change.replaced().get() + ")");
    }
    duck.execute("INSERT INTO " + state + " BY NAME SELECT * FROM kith_added");
  }

  private static void condense(Duck duck, StateChange change) throws Exception {
    if (change.condensed().isPresent()) {
      String state = CompiledUpdate.state(change.step()).quoted();
      duck.execute("CREATE OR REPLACE TEMP TABLE kith_added AS " + change.condensed().get());
      duck.execute("DELETE FROM " + state);
      duck.execute("INSERT INTO " + state + " BY NAME SELECT * FROM kith_added");
    }
  }

  /** What the first list holds more often than the second. */
  static <T> List<T> less(List<T> one, List<T> other) {
    List<T> rest = new ArrayList<>(one);
    other.forEach(rest::remove);
    return rest;
  }

  private void compare(Duck duck, String profile, int number, Coverage coverage) throws Exception {
    Release release = releases.get(number);
    List<Map<String, @Nullable Object>> rows = duck.rows("SELECT * FROM " + profile);
    Map<Object, Map<String, @Nullable Object>> byPerson = new LinkedHashMap<>();
    rows.forEach(row -> byPerson.put(Objects.requireNonNull(row.get("person")), row));
    int expected = 0;
    for (long person = 1; person <= RandomCase.PEOPLE; person++) {
      if (data.exists(release.events(), release.versions(), person, release.at())) {
        expected++;
        Map<String, @Nullable Object> row = byPerson.get(person);
        assertThat(row).as("row of %s in release %s", person, number).isNotNull();
        compare(number, person, Objects.requireNonNull(row), coverage);
      }
    }
    assertThat(rows).as("release %s", number).hasSize(expected);
  }

  private void compare(
      int number, long person, Map<String, @Nullable Object> row, Coverage coverage) {
    Release release = releases.get(number);
    profile
        .expected(release.events(), release.versions(), person, release.at(), coverage)
        .forEach(
            (column, value) -> {
              boolean there = row.containsKey(column) || !column.equals("since");
              if (there && !RandomProfile.alike(value, row.get(column))) {
                throw new AssertionError(
                    "%s of %s in release %s: expected %s, got %s"
                        .formatted(column, person, number, value, row.get(column)));
              }
            });
  }

  /** Smaller sequences of the same kind, the much smaller first. */
  Stream<ReleaseSequence> smaller() {
    Stream<ReleaseSequence> fewerReleases =
        Stream.iterate(0, i -> i < releases.size(), i -> i + 1).map(this::withoutRelease);
    Stream<ReleaseSequence> fewerMeasures =
        profile.measures().stream()
            .map(name -> new ReleaseSequence(data, profile.without(name), ofInstant, releases));
    Stream<ReleaseSequence> fewerEvents =
        releases.stream()
            .flatMap(release -> release.events().stream())
            .distinct()
            .map(event -> without(event, null));
    Stream<ReleaseSequence> fewerVersions =
        releases.stream()
            .flatMap(release -> release.versions().stream())
            .distinct()
            .map(version -> without(null, version));
    return Stream.of(fewerReleases, fewerMeasures, fewerEvents, fewerVersions)
        .flatMap(each -> each)
        .filter(sequence -> !sequence.releases().isEmpty());
  }

  private ReleaseSequence withoutRelease(int number) {
    List<Release> fewer = new ArrayList<>(releases);
    fewer.remove(number);
    return new ReleaseSequence(data, profile, ofInstant, fewer);
  }

  private ReleaseSequence without(@Nullable Event event, @Nullable Version version) {
    return new ReleaseSequence(
        data,
        profile,
        ofInstant,
        releases.stream()
            .map(release -> release.without(e -> e.equals(event), v -> v.equals(version)))
            .toList());
  }

  @Override
  public String toString() {
    return "zone %s, id %s, at %s, history %s%nwindows %s%nmeasures %s%n%s"
        .formatted(
            data.zone,
            data.hasId,
            data.atType,
            data.byHistory,
            data.windows,
            profile,
            releases.stream()
                .map(
                    release ->
                        "as of %s (%s, %s)%n  %s%n  %s"
                            .formatted(
                                release.at(),
                                release.move(),
                                release.edits(),
                                release.events().stream()
                                    .map(Event::toString)
                                    .collect(Collectors.joining("\n  ")),
                                release.versions()))
                .collect(Collectors.joining("\n")));
  }
}
