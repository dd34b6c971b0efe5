package dev.kith.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.measures.Coverage.Edge;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.sql.SqlAnalyzer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random histories and profiles, computed by the compiler's SQL and by {@link Oracle}. A failure
 * prints the seed of its case; {@code -Dkith.seed=N -Dkith.cases=1} repeats it.
 */
class RandomProfileTest {

  /** Of a few people each, so that there are more than a thousand histories. */
  private static final int CASES = Integer.getInteger("kith.cases", 350);

  private static final long SEED = Long.getLong("kith.seed", 20_240_331L);

  private final Coverage coverage = new Coverage();
  private long histories;

  @Test
  void agreesWithTheMeaning() throws Exception {
    Map<String, SqlAnalyzer> analyzers = new LinkedHashMap<>();
    try (Duck duck = new Duck()) {
      for (int i = 0; i < CASES; i++) {
        long seed = SEED + i;
        try {
          Case one = new Case(new Random(seed));
          SqlAnalyzer analyzer =
              analyzers.computeIfAbsent(
                  one.data.zone.getId(), id -> new SqlAnalyzer(one.data.zone));
          one.check(duck, analyzer);
          histories += one.data.histories();
        } catch (AssertionError | Exception e) {
          throw new AssertionError("with -Dkith.seed=" + seed + " -Dkith.cases=1", e);
        }
      }
    } finally {
      analyzers.values().forEach(SqlAnalyzer::close);
    }
    if (CASES >= 350) {
      assertThat(histories).isGreaterThanOrEqualTo(1_000);
      for (AggregateFunction function : AggregateFunction.values()) {
        for (Edge edge : Edge.values()) {
          assertThat(coverage.met(function, edge))
              .as("%s met %s%n%s", function, edge, coverage)
              .isGreaterThanOrEqualTo(50);
        }
      }
    }
  }

  /** One history, one profile. */
  private final class Case {
    private final RandomCase data;
    private final Random random;
    private final Map<String, Spec> specs = new LinkedHashMap<>();
    private final int latest;

    Case(Random random) {
      this.random = random;
      data = new RandomCase(random);
      latest = 1 + random.nextInt(4);
      AggregateFunction[] functions = AggregateFunction.values();
      for (int i = 0; i < 7; i++) {
        Spec spec = Spec.random(random, data.pick(functions));
        boolean ofTimes = data.atType == Event.AtType.TIMESTAMPTZ && random.nextInt(4) == 0;
        specs.put("m" + i, ofTimes ? spec.ofTimes() : spec);
      }
    }

    void check(Duck duck, SqlAnalyzer analyzer) throws Exception {
      ProfilePlan plan = profiles().plan("person", analyzer);
      duck.zone(data.zone);
      load(duck);
      CompiledQuery single = AsOfCompiler.compile(plan, new Instants.Single(data.t), data.zone);
      compare(List.of(data.t), duck.rows(single), single, false);

      List<Instant> instants = new ArrayList<>(List.of(data.t));
      instants.add(data.t.minus(1 + random.nextInt(40 * 24), ChronoUnit.HOURS));
      instants.add(data.t.minus(1, ChronoUnit.MICROS));
      bind(duck, plan, instants);
      CompiledQuery pairs =
          AsOfCompiler.compile(
              plan, new Instants.Pairs("rows", "who", "when", "bounds", Knowledge.NOW), data.zone);
      compare(instants, duck.rows(pairs), pairs, true);
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
      return block
          .derive("twice", "n * 2 + 1")
          .derive("thrice", "twice + n")
          .end()
          .metric("total", total("thrice"))
          .metric("since", "date_diff('second', as_of, as_of) + total")
          .transactions("events", latest, "name", "quantity");
    }

    private String total(String stem) {
      return data.windows.stream()
          .map(window -> column(stem, window))
          .collect(Collectors.joining(" + "));
    }

    private String column(String stem, String window) {
      return ProfileDefinition.columnName(stem, Profiles.window(window));
    }

    private void load(Duck duck) throws Exception {
      create(
          duck,
          "events",
          Profiles.schema(Event.columns(data.atType)).sql(),
          data.events.stream().map(event -> event.row(data.atType, data.zone)).toList());
      create(
          duck,
          "people",
          "person BIGINT, country VARCHAR, valid_from TIMESTAMPTZ, valid_to TIMESTAMPTZ",
          data.versions.stream().map(RandomCase.Version::row).toList());
    }

    private void bind(Duck duck, ProfilePlan plan, List<Instant> instants) throws Exception {
      WindowBounds bounds = WindowBounds.of(plan, instants, data.zone);
      create(
          duck,
          "bounds",
          bounds.schema().sql(),
          bounds.rows().stream()
              .map(
                  row ->
                      row.stream()
                          .map(bound -> "TIMESTAMPTZ '" + bound + "'")
                          .collect(Collectors.joining(", ", "(", ")")))
              .toList());
      List<String> rows = new ArrayList<>();
      for (Instant instant : instants) {
        for (Long person : Arrays.asList(1L, 2L, 3L, 4L, 99L, null, 1L)) {
          rows.add("(" + person + ", TIMESTAMPTZ '" + instant + "')");
        }
      }
      create(duck, "rows", "who BIGINT, \"when\" TIMESTAMPTZ", rows);
    }

    private void create(Duck duck, String table, String columns, List<String> rows)
        throws Exception {
      duck.execute("CREATE OR REPLACE TEMP TABLE " + table + " (" + columns + ")");
      if (!rows.isEmpty()) {
        duck.execute("INSERT INTO " + table + " VALUES " + String.join(", ", rows));
      }
    }

    private void compare(
        List<Instant> instants,
        List<Map<String, @Nullable Object>> rows,
        CompiledQuery query,
        boolean pairs) {
      Map<String, Map<String, @Nullable Object>> actual = new LinkedHashMap<>();
      for (Map<String, @Nullable Object> row : rows) {
        String unit = row.get("person") + (pairs ? " at " + row.get("as_of") : "");
        assertThat(actual.put(unit, row)).as("second row of %s", unit).isNull();
      }
      int expected = 0;
      for (Instant t : instants) {
        for (long person : new long[] {1, 2, 3, 4, 99}) {
          boolean exists = data.exists(person, t);
          if (exists || pairs) {
            expected++;
            String unit = person + (pairs ? " at " + t : "");
            Map<String, @Nullable Object> row =
                Objects.requireNonNull(
                    actual.get(unit),
                    () ->
                        "no row of "
                            + unit
                            + " in "
                            + actual.keySet()
                            + "\n"
                            + data
                            + "\n"
                            + query);
            compare(row, person, t, exists, query, pairs);
          }
        }
        expected += pairs ? 1 : 0; // the pair without a person
      }
      assertThat(rows).hasSize(expected);
    }

    private void compare(
        Map<String, @Nullable Object> row,
        long person,
        Instant t,
        boolean exists,
        CompiledQuery query,
        boolean pairs) {
      Map<String, @Nullable Object> expected = expected(person, t);
      if (pairs) {
        assertThat(row.get("exists")).as("%s at %s%n%s", person, t, data).isEqualTo(exists);
      }
      expected.forEach(
          (column, value) -> {
            Object wanted = exists ? value : null;
            if (!alike(wanted, row.get(column))) {
              throw new AssertionError(
                  "%s of %s at %s: expected %s, got %s%n%s%n%s%n%s"
                      .formatted(column, person, t, wanted, row.get(column), specs, data, query));
            }
          });
    }

    private Map<String, @Nullable Object> expected(long person, Instant t) {
      Oracle oracle = new Oracle(data.zone, data.hasId);
      Map<String, @Nullable Object> expected = new LinkedHashMap<>();
      if (data.byHistory) {
        expected.put("country", data.country(person, t));
      }
      Spec events =
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
              List<Event> within = oracle.inWindow(spec, data.events, person, window, t);
              coverage.note(data, spec, person, window, t, within);
              expected.put(column(name, window), oracle.compute(spec, within));
            });
        long n = oracle.inWindow(events, data.events, person, window, t).size();
        expected.put(column("n", window), n);
        expected.put(column("twice", window), 2 * n + 1);
        expected.put(column("thrice", window), 3 * n + 1);
        total += 3 * n + 1;
      }
      expected.put("total", total);
      expected.put("since", total);
      expected.put(
          "transactions",
          oracle.transactions(data.events, person, t, latest, List.of("name", "quantity")));
      return expected;
    }
  }

  private static boolean alike(@Nullable Object expected, @Nullable Object actual) {
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
}
