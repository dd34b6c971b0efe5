package dev.kith.measures;

import dev.kith.measures.Event.AtType;
import dev.kith.measures.RandomCase.Version;
import dev.kith.measures.RandomHistory.Release;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A random project for the whole of Kith, of the same kind as those that the compiler is tested
 * with: its files, and what its profile should hold after each release.
 */
public final class RandomProject {

  /** The name of its profile. */
  public static final String PROFILE = "p";

  private final ReleaseSequence sequence;
  private final RandomCase data;

  /** By the number of the release. */
  private final List<Map<String, List<Object>>> files = new ArrayList<>();

  private RandomProject(ReleaseSequence sequence) {
    this.sequence = sequence;
    this.data = sequence.data();
    Map<String, List<Object>> last = Map.of();
    for (Release release : sequence.releases()) {
      last = files(last, release, files.size());
      files.add(last);
    }
  }

  /** The project of a seed. */
  public static RandomProject of(long seed) {
    Random random = new Random(seed);
    RandomCase data = new RandomCase(random, new RandomCase.Shape(1, 2, false));
    RandomProfile profile = new RandomProfile(random, data, 1 + random.nextInt(3));
    List<Release> made = new RandomHistory(random, data).releases();
    Map<Event, Integer> numbers = new LinkedHashMap<>();
    made.forEach(
        release ->
            release.events().forEach(event -> numbers.putIfAbsent(event, numbers.size() + 1)));
    List<Release> fit =
        made.stream()
            .map(
                release ->
                    new Release(
                        release.at(),
                        release.events().stream()
                            .map(e -> data.hasId ? e.numbered(numbers.get(e)) : e)
                            .toList(),
                        release.versions(),
                        release.move(),
                        release.edits(),
                        release.beside()))
            .toList();
    boolean ofInstant = random.nextInt(3) == 0;
    return new RandomProject(
        new ReleaseSequence(data, profile, Optional.empty(), ofInstant, true, fit).changed(random));
  }

  public int releases() {
    return sequence.releases().size();
  }

  /** The instant of a release's profile. */
  public Instant asOf(int release) {
    return sequence.releases().get(release).at();
  }

  /** How a release's rows are to be computed: {@code DELTA}, {@code TOUCHED} or {@code FULL}. */
  public String way(int release) {
    return sequence.releases().get(release).beside().name();
  }

  /**
   * The smallest project found that fails in the same way as this one, and how.
   *
   * @param trial says how a project fails, if it does
   * @param most time for the search
   */
  public String shrunken(
      Throwable fault, Function<RandomProject, Optional<Throwable>> trial, Duration most) {
    Shrinking shrinking = new Shrinking(smaller -> trial.apply(new RandomProject(smaller)), most);
    return shrinking.shrunken(sequence, fault);
  }

  /** Whether a release is the first by another definition of the profile. */
  public boolean isChanged(int release) {
    return release > 0 && sequence.profile(release) != sequence.profile(release - 1);
  }

  /** The definitions of a release, by the paths of their files. */
  public Map<String, String> definitions(int release) {
    Map<String, String> definitions = new TreeMap<>();
    definitions.put(
        "kith.yaml",
        "kith: 1\nname: random\ntimezone: %s\nthreads: 1\n".formatted(data.zone.getId()));
    for (String table : data.tables()) {
      definitions.put("sources/" + table + ".yaml", source(table));
    }
    if (data.byHistory) {
      definitions.put(
          "sources/versions.yaml",
          """
          source: versions
          kind: events
          at: noticed
          from: {files: data/versions*.ndjson, on_removed_file: delete}
          columns:
            noticed: timestamptz
            person: bigint
            country: varchar
            valid_from: timestamptz
            valid_to: timestamptz
          """);
      definitions.put(
          "tables/people.sql", "SELECT person, country, valid_from, valid_to FROM versions\n");
    }
    definitions.put("profiles/" + PROFILE + ".yaml", text(sequence.profile(release)));
    return definitions;
  }

  private String source(String table) {
    String columns =
        Profiles.schema(Event.columns(data.atType)).columns().stream()
            .map(column -> "  %s: %s\n".formatted(column.name(), column.type().sql()))
            .collect(Collectors.joining());
    return """
        source: %s
        kind: events
        at: happened
        %sfrom: {files: data/%s*.ndjson, on_removed_file: delete}
        max_rejected: unlimited
        columns:
        %s"""
        .formatted(table, data.hasId ? "id: number\n" : "", table, columns);
  }

  private String text(RandomProfile profile) {
    StringBuilder text = new StringBuilder("profile: " + PROFILE + "\nkey: person\n");
    if (data.byHistory) {
      text.append("from: people\nattributes: [country]\n");
    } else {
      text.append(
          data.visitorsExist
              ? "from: {keys_of: [events, visits]}\n"
              : "from: {keys_of: [events]}\n");
    }
    if (profile.latest() > 0) {
      text.append(
          "transactions: {from: events, latest: %d, columns: [name, quantity]}\n"
              .formatted(profile.latest()));
    }
    text.append("measures:\n");
    List<RandomBlock> blocks = profile.blocks();
    for (int i = 0; i < blocks.size(); i++) {
      text.append(block(blocks.get(i), i == 0 && profile.derived()));
    }
    if (profile.derived() || sequence.ofInstant()) {
      text.append("metrics:\n");
    }
    if (profile.derived()) {
      text.append("  total: ").append(profile.total()).append('\n');
    }
    if (sequence.ofInstant()) {
      text.append("  since: ").append(RandomProfile.SINCE).append('\n');
    }
    return text.toString();
  }

  private static String block(RandomBlock block, boolean derives) {
    StringBuilder text =
        new StringBuilder(
            "  - from: %s\n    on: %s\n    over: [%s]\n    define:\n"
                .formatted(block.table(), block.key(), String.join(", ", block.windows())));
    block
        .specs()
        .forEach((name, spec) -> text.append("      %s: %s\n".formatted(name, text(spec.is()))));
    if (derives) {
      text.append("      n: count(*)\n    derive:\n      twice: n * 2 + 1\n");
      text.append("      thrice: twice + n\n");
    }
    return text.toString();
  }

  /**
   * All data files of a release, by their paths; a file of an earlier one that is not here went.
   */
  public Map<String, String> files(int release) {
    Map<String, String> texts = new TreeMap<>();
    files
        .get(release)
        .forEach(
            (path, rows) ->
                texts.put(path, rows.stream().map(this::line).collect(Collectors.joining())));
    return texts;
  }

  /** A file that loses a row is replaced by one of another name, as are those with equal rows. */
  private Map<String, List<Object>> files(
      Map<String, List<Object>> before, Release release, int number) {
    Map<String, List<Object>> rowsByTable = new TreeMap<>();
    for (String table : data.tables()) {
      List<Object> rows = new ArrayList<>();
      release.events().stream().filter(e -> e.table().equals(table)).forEach(rows::add);
      rowsByTable.put(table, rows);
    }
    if (data.byHistory) {
      rowsByTable.put("versions", new ArrayList<>(release.versions()));
    }
    Map<String, List<Object>> now = new TreeMap<>();
    rowsByTable.forEach(
        (table, rows) -> {
          List<Object> missing = new ArrayList<>(rows);
          List<Object> had = new ArrayList<>();
          Map<String, List<Object>> old = new TreeMap<>();
          before.forEach(
              (path, some) -> {
                if (path.startsWith("data/" + table)) {
                  old.put(path, some);
                  had.addAll(some);
                }
              });
          List<Object> went = Lifetime.less(had, rows);
          old.forEach(
              (path, some) -> {
                if (some.stream().noneMatch(went::contains)) {
                  now.put(path, some);
                  some.forEach(missing::remove);
                }
              });
          if (!missing.isEmpty() || number == 0) {
            now.put("data/%s-%d.ndjson".formatted(table, number), missing);
          }
        });
    return now;
  }

  private String line(Object row) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    if (row instanceof Event event) {
      Profiles.schema(Event.columns(data.atType))
          .columns()
          .forEach(column -> values.put(column.name(), event.value(column.name())));
      values.put("happened", time(event.at()));
    } else {
      Version version = (Version) row;
      values.put("noticed", Instant.EPOCH);
      values.put("person", version.person());
      values.put("country", version.country());
      values.put("valid_from", version.from());
      values.put("valid_to", version.to());
    }
    return values.entrySet().stream()
            .map(value -> text(value.getKey()) + ": " + json(value.getValue()))
            .collect(Collectors.joining(", ", "{", "}"))
        + "\n";
  }

  private @Nullable Object time(@Nullable Instant at) {
    if (at == null || data.atType == AtType.TIMESTAMPTZ) {
      return at;
    }
    return data.atType == AtType.DATE
        ? at.atZone(data.zone).toLocalDate()
        : at.atZone(data.zone).toLocalDateTime();
  }

  private static String json(@Nullable Object value) {
    return value == null || value instanceof Number || value instanceof Boolean
        ? String.valueOf(value)
        : text(value.toString());
  }

  /** Quoted, for JSON as for YAML. */
  private static String text(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  /**
   * Holds the rows of a release's profile against what they should be.
   *
   * @throws AssertionError if they differ
   */
  public void compare(int release, List<Map<String, @Nullable Object>> rows) {
    Release of = sequence.releases().get(release);
    // Of rows with the same id and time one is kept.
    List<Event> events = data.hasId ? of.events().stream().distinct().toList() : of.events();
    Map<Long, Map<String, @Nullable Object>> byPerson = byPerson(rows);
    int expected = 0;
    for (long person = 1; person <= RandomCase.PEOPLE; person++) {
      if (data.exists(events, of.versions(), person, of.at())) {
        expected++;
        Map<String, @Nullable Object> row = byPerson.get(person);
        if (row == null) {
          throw new AssertionError("no row of %s in release %s".formatted(person, release));
        }
        Map<String, @Nullable Object> values =
            sequence
                .profile(release)
                .expected(events, of.versions(), person, of.at(), new Coverage());
        compare(release, person, values, row);
      }
    }
    if (rows.size() != expected) {
      throw new AssertionError(
          "%d rows in release %s instead of %d".formatted(rows.size(), release, expected));
    }
  }

  /**
   * Holds the table of the profile's changes against the rows before and after.
   *
   * @throws AssertionError if it does not say how they differ
   */
  public static void compareChanges(
      List<Map<String, @Nullable Object>> before,
      List<Map<String, @Nullable Object>> after,
      List<Map<String, @Nullable Object>> changes) {
    Map<Long, List<Object>> told = new TreeMap<>();
    byPerson(changes)
        .forEach(
            (person, row) ->
                told.put(person, row.values().stream().skip(1).filter(Objects::nonNull).toList()));
    Map<Long, List<Object>> differences =
        new TreeMap<>(Differences.of(byPerson(before), byPerson(after)));
    if (!told.equals(differences)) {
      throw new AssertionError("changes: expected %s, got %s".formatted(differences, told));
    }
  }

  private static Map<Long, Map<String, @Nullable Object>> byPerson(
      List<Map<String, @Nullable Object>> rows) {
    Map<Long, Map<String, @Nullable Object>> byPerson = new LinkedHashMap<>();
    for (Map<String, @Nullable Object> row : rows) {
      Map<String, @Nullable Object> plain = new LinkedHashMap<>();
      row.forEach((column, value) -> plain.put(column, plain(column, value)));
      byPerson.put((Long) Objects.requireNonNull(row.get("person")), plain);
    }
    return byPerson;
  }

  /** As the database's own driver gives values: structs as lists, keys of maps as text. */
  private static @Nullable Object plain(String column, @Nullable Object value) {
    if (column.equals("transactions") && value instanceof List<?> structs) {
      return structs.stream()
          .map(struct -> new ArrayList<@Nullable Object>(((Map<?, ?>) struct).values()))
          .toList();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((key, each) -> copy.put(String.valueOf(key), each));
      return copy;
    }
    return value;
  }

  private static void compare(
      int release,
      long person,
      Map<String, @Nullable Object> expected,
      Map<String, @Nullable Object> row) {
    row.forEach(
        (column, value) -> {
          if (!column.equals("person") && !RandomProfile.alike(expected.get(column), value)) {
            throw new AssertionError(
                "%s of %s in release %s: expected %s, got %s"
                    .formatted(column, person, release, expected.get(column), value));
          }
        });
  }
}
