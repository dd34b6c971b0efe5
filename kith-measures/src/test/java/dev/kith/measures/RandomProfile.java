package dev.kith.measures;

import dev.kith.model.definition.ProfileDefinition;
import dev.kith.sql.SqlAnalyzer;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A profile of random measures: its definition, and what its rows should be. */
final class RandomProfile {

  /** A column that is another one at every instant. */
  static final String SINCE = "epoch_us(as_of)";

  private final RandomCase data;

  /** The first is of the events of the table that everybody has. */
  private final List<RandomBlock> blocks;

  /** How many transactions are listed; without any, a profile may reach only so far back. */
  private final int latest;

  /** Whether columns are made from others. */
  private final boolean derived;

  RandomProfile(Random random, RandomCase data, int measures) {
    this.data = data;
    derived = random.nextInt(4) == 0;
    latest = random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 0;
    List<RandomBlock> made = new ArrayList<>();
    made.add(RandomBlock.random(random, data, "events", "person", data.windows, "m", measures));
    boolean ofFriends = random.nextInt(8) == 0;
    if (ofFriends || data.visits) {
      String table = data.visits && random.nextInt(4) > 0 ? "visits" : "events";
      String key = ofFriends ? "friend" : "person";
      made.add(RandomBlock.random(random, data, table, key, data.otherWindows, "o", 1));
    }
    blocks = List.copyOf(made);
  }

  private RandomProfile(RandomCase data, List<RandomBlock> blocks, int latest, boolean derived) {
    this.data = data;
    this.derived = derived;
    this.blocks = List.copyOf(blocks);
    this.latest = latest;
  }

  List<RandomBlock> blocks() {
    return blocks;
  }

  /** What its random measures compute, each once. */
  Set<AggregateFunction> functions() {
    return blocks.stream()
        .flatMap(block -> block.specs().values().stream())
        .map(Spec::function)
        .collect(Collectors.toSet());
  }

  /** Profiles that have a little less, the much smaller first. */
  List<RandomProfile> smaller() {
    List<RandomProfile> smaller = new ArrayList<>();
    if (latest > 0) {
      smaller.add(new RandomProfile(data, blocks, 0, derived));
    }
    if (derived) {
      smaller.add(new RandomProfile(data, blocks, latest, false));
    }
    if (blocks.size() > 1) {
      smaller.add(new RandomProfile(data, blocks.subList(0, 1), latest, derived));
    }
    for (RandomBlock block : blocks) {
      if (block.specs().size() == 1) {
        continue;
      }
      for (String measure : block.specs().keySet()) {
        List<RandomBlock> fewer = new ArrayList<>(blocks);
        fewer.set(blocks.indexOf(block), block.without(measure));
        smaller.add(new RandomProfile(data, fewer, latest, derived));
      }
    }
    return smaller;
  }

  /** The same with some measures less, others instead of some, one more, or another list. */
  RandomProfile edited(Random random) {
    Map<String, Spec> edited = new LinkedHashMap<>();
    RandomBlock first = blocks.get(0);
    first
        .specs()
        .forEach(
            (name, spec) -> {
              switch (random.nextInt(6)) {
                case 0 -> {}
                case 1 -> edited.put(name, Spec.random(random, spec.function()));
                case 2 -> edited.put(name, spec.akin(random));
                default -> edited.put(name, spec);
              }
            });
    if (edited.isEmpty() || random.nextInt(3) == 0) {
      edited.put("more", Spec.random(random, data.pick(AggregateFunction.values())));
    }
    List<RandomBlock> others = new ArrayList<>(blocks);
    others.set(0, new RandomBlock(first.table(), first.key(), first.windows(), edited));
    return new RandomProfile(data, others, random.nextInt(4) == 0 ? latest + 1 : latest, derived);
  }

  ProfilePlan plan(SqlAnalyzer analyzer) {
    return profiles().metric("since", SINCE).plan("person", analyzer);
  }

  /** Without a column that is another one at every instant. */
  ProfilePlan planOfEvents(SqlAnalyzer analyzer) {
    return profiles().plan("person", analyzer);
  }

  private Profiles profiles() {
    Profiles profiles = new Profiles();
    for (String table : data.tables()) {
      profiles.events(
          table,
          "happened",
          data.hasId ? List.of("number") : List.of(),
          Profiles.schema(Event.columns(data.atType)));
    }
    if (data.byHistory) {
      profiles
          .people(
              "people",
              Profiles.schema(
                  "person",
                  "BIGINT",
                  "country",
                  "VARCHAR",
                  "valid_from",
                  "TIMESTAMPTZ",
                  "valid_to",
                  "TIMESTAMPTZ"))
          .attribute("country");
    } else if (data.visitorsExist) {
      profiles.keysOf("events", "visits");
    } else {
      profiles.keysOf("events");
    }
    for (int i = 0; i < blocks.size(); i++) {
      RandomBlock block = blocks.get(i);
      Profiles.Block written =
          profiles.block(block.table(), block.windows().toArray(String[]::new)).on(block.key());
      block.specs().forEach((name, spec) -> written.measure(name, spec.is()));
      if (derived && i == 0) {
        written.measure("n", "count(*)").derive("twice", "n * 2 + 1").derive("thrice", "twice + n");
      }
      written.end();
    }
    if (derived) {
      profiles.metric("total", total());
    }
    return latest == 0 ? profiles : profiles.transactions("events", latest, "name", "quantity");
  }

  String total() {
    return data.windows.stream()
        .map(window -> column("thrice", window))
        .collect(Collectors.joining(" + "));
  }

  boolean derived() {
    return derived;
  }

  int latest() {
    return latest;
  }

  static String column(String stem, String window) {
    return ProfileDefinition.columnName(stem, Profiles.window(window));
  }

  /**
   * The columns but the key of a person who exists.
   *
   * @param coverage takes note of what computing them met
   */
  Map<String, @Nullable Object> expected(
      List<Event> events,
      List<RandomCase.Version> versions,
      long person,
      Instant t,
      Coverage coverage) {
    Oracle oracle = new Oracle(data.zone, data.hasId);
    Map<String, @Nullable Object> expected = new LinkedHashMap<>();
    if (data.byHistory) {
      expected.put("country", country(versions, person, t));
    }
    for (RandomBlock block : blocks) {
      List<Event> own = block.of(person, events);
      for (String window : block.windows()) {
        block
            .specs()
            .forEach(
                (name, spec) -> {
                  List<Event> within = oracle.inWindow(spec, own, window, t);
                  coverage.note(data, spec, own, window, t, within);
                  expected.put(column(name, window), oracle.compute(spec, within));
                });
      }
    }
    List<Event> own = blocks.get(0).of(person, events);
    long total = 0;
    for (String window : derived ? data.windows : List.<String>of()) {
      long n = oracle.inWindow(RandomBlock.ALL, own, window, t).size();
      expected.put(column("n", window), n);
      expected.put(column("twice", window), 2 * n + 1);
      expected.put(column("thrice", window), 3 * n + 1);
      total += 3 * n + 1;
    }
    if (derived) {
      expected.put("total", total);
    }
    expected.put("since", ChronoUnit.MICROS.between(Instant.EPOCH, t));
    if (latest > 0) {
      expected.put(
          "transactions", oracle.transactions(own, t, latest, List.of("name", "quantity")));
    }
    return expected;
  }

  private static @Nullable String country(
      List<RandomCase.Version> versions, long person, Instant instant) {
    return versions.stream()
        .filter(v -> v.person() == person && v.isValid(instant))
        .findFirst()
        .map(RandomCase.Version::country)
        .orElse(null);
  }

  static boolean alike(@Nullable Object expected, @Nullable Object actual) {
    if (expected == null || actual == null) {
      return expected == actual;
    }
    if (expected instanceof Double a && actual instanceof Double b) {
      return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
    }
    if (expected instanceof BigDecimal a && actual instanceof BigDecimal b) {
      return a.compareTo(b) == 0;
    }
    if (expected instanceof List<?> a && actual instanceof List<?> b) {
      if (a.size() != b.size()) {
        return false;
      }
      for (int i = 0; i < a.size(); i++) {
        if (!alike(a.get(i), b.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (expected instanceof Map<?, ?> a && actual instanceof Map<?, ?> b) {
      return List.copyOf(a.entrySet()).equals(List.copyOf(b.entrySet()));
    }
    Function<Object, Object> plain = x -> x instanceof LocalDate ? x.toString() : x;
    return plain.apply(expected).equals(plain.apply(actual));
  }

  @Override
  public String toString() {
    return "transactions " + latest + ", derived " + derived + ", " + blocks;
  }
}
