package dev.kith.measures;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Random measures of the events of a table that name a person in one column.
 *
 * @param key that column: {@code person} or {@code friend}
 * @param specs by the measure's name without its window
 */
record RandomBlock(String table, String key, List<String> windows, Map<String, Spec> specs) {

  /** How all events are counted. */
  static final Spec ALL =
      new Spec(
          AggregateFunction.COUNT_EVENTS,
          new Spec.Value("1", e -> 1),
          new Spec.Filter("", e -> true),
          0,
          0,
          Duration.ZERO);

  static RandomBlock random(
      Random random,
      RandomCase data,
      String table,
      String key,
      List<String> windows,
      String prefix,
      int measures) {
    Map<String, Spec> specs = new LinkedHashMap<>();
    for (int i = 0; i < measures; i++) {
      Spec spec = Spec.random(random, data.pick(AggregateFunction.values()));
      boolean ofTimes = data.atType == Event.AtType.TIMESTAMPTZ && random.nextInt(4) == 0;
      specs.put(prefix + i, ofTimes ? spec.ofTimes() : spec);
    }
    return new RandomBlock(table, key, windows, specs);
  }

  RandomBlock without(String measure) {
    Map<String, Spec> fewer = new LinkedHashMap<>(specs);
    fewer.remove(measure);
    return new RandomBlock(table, key, windows, fewer);
  }

  /** The events of a person. */
  List<Event> of(long person, List<Event> events) {
    return events.stream()
        .filter(event -> event.table().equals(table) && names(event, person))
        .toList();
  }

  private boolean names(Event event, long person) {
    @Nullable Long named = key.equals("friend") ? event.friend() : event.person();
    return named != null && named == person;
  }
}
