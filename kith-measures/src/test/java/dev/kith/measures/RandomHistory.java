package dev.kith.measures;

import dev.kith.measures.RandomCase.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Releases that follow one another: the instant moves by any step, and rows come late, twice,
 * corrected, under another key or not any more.
 */
final class RandomHistory {

  /** How the instant moves. */
  enum Move {
    NOT,
    MINUTES,
    HOUR,
    DAY,
    MONTH,
    FAR,
    BACK
  }

  /** What happens to rows. */
  enum Edit {
    NEW,
    LATE,
    TWICE,
    CORRECTED,
    MOVED,
    OTHER_KEY,
    DELETED,
    ERASED,
    OTHER_VERSIONS
  }

  /** What there is at a release, and how it came about. */
  record Release(
      Instant at, List<Event> events, List<Version> versions, Move move, List<Edit> edits) {
    Release {
      events = List.copyOf(events);
      versions = List.copyOf(versions);
      edits = List.copyOf(edits);
    }

    Release without(Predicate<Event> event, Predicate<Version> version) {
      return new Release(
          at,
          events.stream().filter(event.negate()).toList(),
          versions.stream().filter(version.negate()).toList(),
          move,
          edits);
    }
  }

  private final Random random;
  private final RandomCase data;

  RandomHistory(Random random, RandomCase data) {
    this.random = random;
    this.data = data;
  }

  List<Release> releases(int count) {
    List<Release> releases = new ArrayList<>();
    Release last = new Release(data.t, data.events, data.versions, Move.NOT, List.of());
    releases.add(last);
    while (releases.size() < count) {
      last = next(last);
      releases.add(last);
    }
    return releases;
  }

  private Release next(Release last) {
    Move move = data.pick(Move.values());
    Instant at = moved(last.at().atZone(data.zone), move);
    List<Event> events = new ArrayList<>(last.events());
    List<Version> versions = new ArrayList<>(last.versions());
    List<Edit> edits = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      Edit edit = data.pick(Edit.values());
      edits.add(edit);
      edit(edit, last.at(), at, events, versions);
    }
    return new Release(at, events, versions, move, edits);
  }

  private Instant moved(ZonedDateTime from, Move move) {
    return switch (move) {
      case NOT -> from.toInstant();
      case MINUTES -> from.toInstant().plus(Duration.ofMinutes(1 + random.nextInt(50)));
      case HOUR -> from.toInstant().plus(Duration.ofHours(1));
      case DAY -> from.plusDays(1).toInstant();
      case MONTH -> from.plusMonths(1).toInstant();
      case FAR -> from.plusDays(30 + random.nextInt(400)).toInstant();
      case BACK -> from.minusHours(1 + random.nextInt(24 * 40)).toInstant();
    };
  }

  private void edit(
      Edit edit, Instant before, Instant now, List<Event> events, List<Version> versions) {
    int place = events.isEmpty() ? -1 : random.nextInt(events.size());
    switch (edit) {
      case NEW -> events.add(data.another(now));
      case LATE -> events.add(data.another(before));
      case TWICE -> replace(events, place, e -> List.of(e, e));
      case CORRECTED -> replace(events, place, e -> List.of(corrected(e)));
      case MOVED -> replace(events, place, e -> List.of(at(e, data.another(now).at())));
      case OTHER_KEY -> replace(events, place, e -> List.of(of(e, data.another(now).person())));
      case DELETED -> replace(events, place, e -> List.of());
      case ERASED -> {
        Long person = 1L + random.nextInt(RandomCase.PEOPLE);
        events.removeIf(e -> Objects.equals(e.person(), person));
        versions.removeIf(v -> v.person() == person);
      }
      case OTHER_VERSIONS -> {
        long person = 1L + random.nextInt(RandomCase.PEOPLE);
        versions.removeIf(v -> v.person() == person);
        versions.addAll(data.versions(person, random.nextBoolean() ? now : before));
      }
    }
  }

  private static void replace(List<Event> events, int place, Function<Event, List<Event>> by) {
    if (place >= 0) {
      Event event = events.remove(place);
      events.addAll(by.apply(event));
    }
  }

  /** Other values for the same person at the same time. */
  private Event corrected(Event event) {
    return at(of(data.another(data.t), event.person()), event.at());
  }

  private static Event of(Event event, @Nullable Long person) {
    return new Event(
        person,
        event.at(),
        event.number(),
        event.amount(),
        event.quantity(),
        event.big(),
        event.score(),
        event.name(),
        event.flag(),
        event.day());
  }

  private static Event at(Event event, @Nullable Instant at) {
    return new Event(
        event.person(),
        at,
        event.number(),
        event.amount(),
        event.quantity(),
        event.big(),
        event.score(),
        event.name(),
        event.flag(),
        event.day());
  }
}
