package dev.kith.measures;

import dev.kith.measures.Event.AtType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Histories of a few people around an instant, made to hit edges: bounds, ties, NULLs, DST. */
final class RandomCase {

  private static final String[] ZONES = {
    "Europe/London",
    "America/New_York",
    "Asia/Seoul",
    "Pacific/Chatham",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "UTC"
  };
  private static final String[] BACK = {
    "45m", "1h", "24h", "25h", "1d", "2d", "7d", "1w", "3w", "1mo", "2mo", "1y", "ever"
  };
  private static final String[] AHEAD = {"next 24h", "next 1d", "next 1w", "next 1mo"};
  private static final String[] NAMES = {"a", "b", "B", "", "\u00e9", "\ufb03", "\ud83d\ude00"};

  static final int PEOPLE = 4;
  static final String PEOPLE_SCHEMA =
      "person BIGINT, country VARCHAR, valid_from TIMESTAMPTZ, valid_to TIMESTAMPTZ";

  private final Random random;
  final ZoneId zone;
  final Instant t;
  final boolean hasId;
  final AtType atType;
  final boolean byHistory;

  /** Whether some of the events are in a table of their own. */
  final boolean visits;

  /** Whether whoever has only visits exists as well. */
  final boolean visitorsExist;

  final List<String> windows;

  /** Of other measures: of visits, or of the friends that events name. */
  final List<String> otherWindows;

  final List<Event> events;
  final List<Version> versions = new ArrayList<>();

  /** A version of a person. */
  record Version(
      long person, @Nullable String country, @Nullable Instant from, @Nullable Instant to) {
    /** The same with another country. */
    Version in(@Nullable String other) {
      return new Version(person, other, from, to);
    }

    boolean isValid(Instant instant) {
      return (from == null || from.isBefore(instant)) && (to == null || !to.isBefore(instant));
    }

    String row() {
      return "(%d, %s, %s, %s)"
          .formatted(
              person,
              country == null ? "NULL" : "'" + country + "'",
              from == null ? "NULL" : "TIMESTAMPTZ '" + from + "'",
              to == null ? "NULL" : "TIMESTAMPTZ '" + to + "'");
    }
  }

  /**
   * What cases may be like.
   *
   * @param ahead whether windows may look ahead
   */
  record Shape(int leastWindows, int mostWindows, boolean ahead) {}

  /** One with many windows, at any instant. */
  RandomCase(Random random) {
    this(random, new Shape(3, 3, true));
  }

  RandomCase(Random random, Shape shape) {
    this.random = random;
    zone = ZoneId.of(pick(ZONES));
    t = instant();
    hasId = random.nextBoolean();
    atType = random.nextInt(4) > 0 ? AtType.TIMESTAMPTZ : pick(AtType.values());
    byHistory = random.nextBoolean();
    visits = random.nextInt(8) == 0;
    visitorsExist = visits && random.nextBoolean();
    int more = shape.mostWindows() - shape.leastWindows();
    windows = windows(shape.leastWindows() + random.nextInt(more + 1), shape.ahead());
    otherWindows = windows(1 + random.nextInt(2), shape.ahead());
    events = events();
    for (long person = 1; person <= PEOPLE; person++) {
      versions.addAll(versions(person, t));
    }
  }

  private List<String> windows(int count, boolean ahead) {
    Set<String> chosen = new LinkedHashSet<>();
    while (chosen.size() < count) {
      String window = ahead && random.nextInt(6) == 0 ? pick(AHEAD) : pick(BACK);
      if (chosen.stream().noneMatch(other -> alike(other, window))) {
        chosen.add(window);
      }
    }
    return List.copyOf(chosen);
  }

  /** Whether their columns would have one name. */
  private static boolean alike(String one, String other) {
    return one.replace("next ", "").equals(other.replace("next ", ""));
  }

  final <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }

  /** Mostly a midnight soon after the clocks changed. */
  private Instant instant() {
    Instant some =
        LocalDate.of(2010 + random.nextInt(9), 1 + random.nextInt(12), 1 + random.nextInt(28))
            .atStartOfDay(zone)
            .toInstant();
    ZoneOffsetTransition change = zone.getRules().nextTransition(some);
    if (change != null && random.nextInt(5) > 0) {
      some =
          change
              .getInstant()
              .atZone(zone)
              .toLocalDate()
              .plusDays(random.nextInt(12) - 1)
              .atStartOfDay(zone)
              .toInstant();
    }
    return random.nextInt(3) > 0 ? some : some.plus(random.nextInt(86_400_000), ChronoUnit.MILLIS);
  }

  /** Where windows end at an instant, and just beside. */
  private List<Instant> edges(Instant t) {
    Oracle oracle = new Oracle(zone, hasId);
    List<Instant> edges = new ArrayList<>(List.of(t, t, t.minus(1, ChronoUnit.MICROS)));
    for (String window : random.nextInt(4) == 0 ? otherWindows : windows) {
      if (!window.equals("ever")) {
        Instant end = oracle.farEnd(window, t);
        edges.addAll(List.of(end, end, end.minus(1, ChronoUnit.MICROS)));
        edges.add(end.plus(1, ChronoUnit.MICROS));
      }
    }
    return edges;
  }

  private List<Event> events() {
    List<Instant> edges = edges(t);
    List<Event> made = new ArrayList<>();
    List<Instant> seen = new ArrayList<>();
    int count = 6 + random.nextInt(42);
    for (int i = 0; i < count; i++) {
      Instant at = time(edges, seen);
      seen.add(at);
      Long person = random.nextInt(15) == 0 ? null : 1L + random.nextInt(PEOPLE);
      made.add(event(table(), person, random.nextInt(25) == 0 ? null : at));
    }
    Collections.shuffle(made, random);
    return made;
  }

  /** One more, of a person or of nobody, likely on an edge of the instant's windows. */
  Event another(Instant instant) {
    Long person = random.nextInt(15) == 0 ? null : 1L + random.nextInt(PEOPLE);
    Instant at = random.nextInt(25) == 0 ? null : time(edges(instant), List.of());
    return event(table(), person, at);
  }

  private String table() {
    return visits && random.nextInt(3) == 0 ? "visits" : "events";
  }

  private Instant time(List<Instant> edges, List<Instant> seen) {
    Instant at =
        switch (random.nextInt(6)) {
          case 0, 1 -> edges.get(random.nextInt(edges.size()));
          case 2 -> near(seen.isEmpty() ? t : seen.get(random.nextInt(seen.size())));
          case 3 -> t.minus(random.nextInt(7 * 86_400), ChronoUnit.SECONDS);
          case 4 -> t.plus(random.nextInt(7 * 86_400), ChronoUnit.SECONDS);
          default -> t.minus(random.nextInt(500 * 86_400), ChronoUnit.SECONDS);
        };
    if (atType == AtType.DATE) {
      return at.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
    }
    // Which of its two occurrences a local time means is not for measures to say.
    boolean ambiguous =
        zone.getRules().getValidOffsets(at.atZone(zone).toLocalDateTime()).size() > 1;
    return atType == AtType.TIMESTAMP && ambiguous ? at.minus(5, ChronoUnit.HOURS) : at;
  }

  /** The same time, or one that is exactly a gap between sessions away. */
  private Instant near(Instant at) {
    return at.plus(30L * random.nextInt(3) * random.nextInt(3), ChronoUnit.MINUTES);
  }

  /** One with any values. */
  Event event(String table, @Nullable Long person, @Nullable Instant at) {
    return new Event(
        table,
        person,
        orNull(1L + random.nextInt(PEOPLE)),
        at,
        orNull(random.nextInt(3)),
        orNull(BigDecimal.valueOf(random.nextInt(9) * 25L - 50, 2)),
        orNull(random.nextInt(5) - 1),
        orNull(4_000_000_000L * (random.nextInt(4) - 1)),
        orNull(random.nextInt(12) * 0.25),
        orNull(pick(NAMES)),
        orNull(random.nextBoolean()),
        orNull(LocalDate.of(2020, 1, 1 + random.nextInt(3))));
  }

  private <T> @Nullable T orNull(T value) {
    return random.nextInt(7) == 0 ? null : value;
  }

  @Nullable String country() {
    return orNull(pick(NAMES));
  }

  /** None, one or a few, that follow one another or leave a gap. */
  List<Version> versions(long person, Instant t) {
    List<Version> made = new ArrayList<>();
    Instant from = random.nextBoolean() ? null : t.minus(random.nextInt(60), ChronoUnit.DAYS);
    for (int i = random.nextInt(4); i > 0; i--) {
      Instant begin = from == null ? t.minus(90, ChronoUnit.DAYS) : from;
      Instant to = random.nextInt(3) == 0 ? t : begin.plus(random.nextInt(70), ChronoUnit.DAYS);
      if (!to.isAfter(begin)) {
        return made;
      }
      boolean open = i == 1 && random.nextBoolean();
      made.add(new Version(person, country(), from, open ? null : to));
      from = to.plus(random.nextInt(2) * 5L, ChronoUnit.DAYS);
    }
    return made;
  }

  String eventSchema() {
    return Profiles.schema(Event.columns(atType)).sql();
  }

  /** The tables of events. */
  List<String> tables() {
    return visits ? List.of("events", "visits") : List.of("events");
  }

  /** As SQL, each a row of values. */
  List<String> eventRows(String table, List<Event> some) {
    return some.stream()
        .filter(event -> event.table().equals(table))
        .map(event -> event.row(atType, zone))
        .toList();
  }

  static List<String> versionRows(List<Version> some) {
    return some.stream().map(Version::row).toList();
  }

  /** How many people have events. */
  long histories() {
    return events.stream().map(Event::person).filter(Objects::nonNull).distinct().count();
  }

  boolean exists(long person, Instant instant) {
    return exists(events, versions, person, instant);
  }

  /** Whether a person exists, had there been these events and versions. */
  boolean exists(List<Event> events, List<Version> versions, long person, Instant instant) {
    return byHistory
        ? versions.stream().anyMatch(v -> v.person() == person && v.isValid(instant))
        : events.stream()
            .anyMatch(
                e ->
                    e.at() != null
                        && (visitorsExist || e.table().equals("events"))
                        && Long.valueOf(person).equals(e.person())
                        && e.at().isBefore(instant));
  }

  /** Whether the clocks go forward, or back, between two instants. */
  boolean clocksChange(Instant from, Instant to, boolean forward) {
    ZoneOffsetTransition change = zone.getRules().nextTransition(from);
    while (change != null && change.getInstant().isBefore(to)) {
      if (change.isGap() == forward) {
        return true;
      }
      change = zone.getRules().nextTransition(change.getInstant());
    }
    return false;
  }

  @Override
  public String toString() {
    return "%s, t %s (%s)%n%s%nversions %s"
        .formatted(
            schema(),
            t,
            t.atOffset(ZoneOffset.UTC),
            String.join("\n", events.stream().map(Event::toString).toList()),
            versions);
  }

  /** What there is but rows. */
  String schema() {
    return "zone %s, id %s, at %s, history %s, tables %s, visitors exist %s, windows %s and %s"
        .formatted(zone, hasId, atType, byHistory, tables(), visitorsExist, windows, otherWindows);
  }
}
