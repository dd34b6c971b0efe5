package dev.kith.measures;

import dev.kith.model.definition.ProfileDefinition;
import dev.kith.sql.SqlAnalyzer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A profile of random measures: its definition, and what its rows should be. */
final class RandomProfile {

  private final RandomCase data;
  private final Map<String, Spec> specs = new LinkedHashMap<>();

  /** How many transactions are listed; without any, a profile may reach only so far back. */
  private final int latest;

  RandomProfile(Random random, RandomCase data, int measures) {
    this.data = data;
    latest = random.nextInt(5);
    AggregateFunction[] functions = AggregateFunction.values();
    for (int i = 0; i < measures; i++) {
      Spec spec = Spec.random(random, data.pick(functions));
      boolean ofTimes = data.atType == Event.AtType.TIMESTAMPTZ && random.nextInt(4) == 0;
      specs.put("m" + i, ofTimes ? spec.ofTimes() : spec);
    }
  }

  private RandomProfile(RandomCase data, Map<String, Spec> specs, int latest) {
    this.data = data;
    this.specs.putAll(specs);
    this.latest = latest;
  }

  /** The names of its random measures. */
  List<String> measures() {
    return List.copyOf(specs.keySet());
  }

  /** The same with one measure less. */
  RandomProfile without(String measure) {
    Map<String, Spec> fewer = new LinkedHashMap<>(specs);
    fewer.remove(measure);
    return new RandomProfile(data, fewer, latest);
  }

  /** The same with some measures less, others instead of some, one more, or another list. */
  RandomProfile edited(Random random) {
    Map<String, Spec> edited = new LinkedHashMap<>();
    specs.forEach(
        (name, spec) -> {
          switch (random.nextInt(5)) {
            case 0 -> {}
            case 1 -> edited.put(name, Spec.random(random, spec.function()));
            default -> edited.put(name, spec);
          }
        });
    if (random.nextInt(3) == 0) {
      edited.put("more", Spec.random(random, data.pick(AggregateFunction.values())));
    }
    return new RandomProfile(data, edited, random.nextInt(4) == 0 ? latest + 1 : latest);
  }

  ProfilePlan plan(SqlAnalyzer analyzer) {
    return profiles().metric("since", "epoch_us(as_of) + total").plan("person", analyzer);
  }

  /** Without a column that is another one at every instant. */
  ProfilePlan planOfEvents(SqlAnalyzer analyzer) {
    return profiles().plan("person", analyzer);
  }

  private Profiles profiles() {
    Profiles profiles =
        new Profiles()
            .events(
                "events",
                "happened",
                data.hasId ? List.of("number") : List.of(),
                Profiles.schema(Event.columns(data.atType)));
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
    } else {
      profiles.keysOf("events");
    }
    Profiles.Block block =
        profiles.block("events", data.windows.toArray(String[]::new)).measure("n", "count(*)");
    specs.forEach((name, spec) -> block.measure(name, spec.is()));
    block
        .derive("twice", "n * 2 + 1")
        .derive("thrice", "twice + n")
        .end()
        .metric("total", total("thrice"));
    return latest == 0 ? profiles : profiles.transactions("events", latest, "name", "quantity");
  }

  private String total(String stem) {
    return data.windows.stream()
        .map(window -> column(stem, window))
        .collect(Collectors.joining(" + "));
  }

  private String column(String stem, String window) {
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
    Spec all =
        new Spec(
            AggregateFunction.COUNT_EVENTS,
            new Spec.Value("1", e -> 1),
            new Spec.Filter("", e -> true),
            0,
            0,
            Duration.ZERO);
    long total = 0;
    for (String window : data.windows) {
      specs.forEach(
          (name, spec) -> {
            List<Event> within = oracle.inWindow(spec, events, person, window, t);
            coverage.note(data, spec, person, window, t, within);
            expected.put(column(name, window), oracle.compute(spec, within));
          });
      long n = oracle.inWindow(all, events, person, window, t).size();
      expected.put(column("n", window), n);
      expected.put(column("twice", window), 2 * n + 1);
      expected.put(column("thrice", window), 3 * n + 1);
      total += 3 * n + 1;
    }
    expected.put("total", total);
    expected.put("since", ChronoUnit.MICROS.between(Instant.EPOCH, t) + total);
    if (latest > 0) {
      expected.put(
          "transactions",
          oracle.transactions(events, person, t, latest, List.of("name", "quantity")));
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
    return specs.toString();
  }
}
