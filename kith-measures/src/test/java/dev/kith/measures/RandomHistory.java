package dev.kith.measures;

import dev.kith.measures.RandomCase.Version;
import dev.kith.measures.UpdatedProfile.Way;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;

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
    WEEK,
    MONTH,
    FAR,
    BACK
  }

  /** What happens to rows. */
  enum Edit {
    NEW,
    LATE,
    TWICE,
    SAME_ID,
    CORRECTED,
    MOVED,
    OTHER_KEY,
    DELETED,
    RETURNED,
    ERASED,
    OTHER_VERSIONS,
    CORRECTED_VERSION
  }

  /**
   * What there is at a release, and how it came about.
   *
   * @param beside in which way it is computed as well, if not only by its update from state
   */
  record Release(
      Instant at,
      List<Event> events,
      List<Version> versions,
      Move move,
      List<Edit> edits,
      Way beside) {
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
          edits,
          beside);
    }
  }

  private static final Way[] BESIDE = {
    Way.DELTA, Way.DELTA, Way.DELTA, Way.DELTA, Way.DELTA, Way.TOUCHED, Way.TOUCHED, Way.FULL
  };

  private final Random random;
  private final RandomCase data;
  private final List<Event> gone = new ArrayList<>();

  RandomHistory(Random random, RandomCase data) {
    this.random = random;
    this.data = data;
  }

  /** Mostly five, and now and then up to thirty: more projects find more than longer ones. */
  List<Release> releases() {
    return releases(5 + (random.nextInt(50) == 0 ? random.nextInt(26) : 0));
  }

  List<Release> releases(int count) {
    List<Release> releases = new ArrayList<>();
    Release last = new Release(data.t, data.events, data.versions, Move.NOT, List.of(), Way.DELTA);
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
    for (int i = random.nextInt(4); i > 0; i--) {
      Edit edit = edit();
      edits.add(edit);
      edit(edit, last.at(), at, events, versions);
    }
    return new Release(at, events, versions, move, edits, data.pick(BESIDE));
  }

  /** Only what went can return. */
  private Edit edit() {
    Edit edit = data.pick(Edit.values());
    return edit == Edit.RETURNED && gone.isEmpty() ? Edit.DELETED : edit;
  }

  private Instant moved(ZonedDateTime from, Move move) {
    return switch (move) {
      case NOT -> from.toInstant();
      case MINUTES -> from.toInstant().plus(Duration.ofMinutes(1 + random.nextInt(50)));
      case HOUR -> from.toInstant().plus(Duration.ofHours(1));
      case DAY -> from.plusDays(1).toInstant();
      case WEEK -> from.plusWeeks(1).toInstant();
      case MONTH -> from.plusMonths(1).toInstant();
      case FAR -> from.plusDays(30 + random.nextInt(400)).toInstant();
      case BACK -> from.minusHours(1 + random.nextInt(24 * 40)).toInstant();
    };
  }

  private void edit(
      Edit edit, Instant before, Instant now, List<Event> events, List<Version> versions) {
    switch (edit) {
      case NEW -> events.add(data.another(now));
      case LATE -> events.add(data.another(before));
      case TWICE -> replace(events, e -> List.of(e, e));
      case SAME_ID -> replace(events, e -> List.of(e, corrected(e).numbered(e.number())));
      case CORRECTED -> replace(events, e -> List.of(corrected(e)));
      case MOVED -> replace(events, e -> List.of(e.at(data.another(now).at())));
      case OTHER_KEY -> replace(events, e -> List.of(e.of(data.another(now).person())));
      case DELETED -> taken(events).ifPresent(gone::add);
      case RETURNED -> taken(gone).ifPresent(events::add);
      case ERASED -> {
        Long person = 1L + random.nextInt(RandomCase.PEOPLE);
        events.removeIf(e -> person.equals(e.person()) || person.equals(e.friend()));
        versions.removeIf(v -> v.person() == person);
      }
      case OTHER_VERSIONS -> {
        long person = 1L + random.nextInt(RandomCase.PEOPLE);
        versions.removeIf(v -> v.person() == person);
        versions.addAll(data.versions(person, random.nextBoolean() ? now : before));
      }
      case CORRECTED_VERSION ->
          taken(versions).ifPresent(version -> versions.add(version.in(data.country())));
    }
  }

  private void replace(List<Event> events, Function<Event, List<Event>> by) {
    taken(events).ifPresent(event -> events.addAll(by.apply(event)));
  }

  /** Any of them, which is there no more. */
  private <T> Optional<T> taken(List<T> some) {
    return some.isEmpty()
        ? Optional.empty()
        : Optional.of(some.remove(random.nextInt(some.size())));
  }

  /** Other values for the same person at the same time. */
  private Event corrected(Event event) {
    return data.event(event.table(), event.person(), event.at());
  }
}
