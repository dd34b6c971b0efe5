package dev.kith.measures;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * What an update of a profile has to do with one table's events, as far as its definition tells.
 *
 * @param crossed when events happened that an end of a window crosses
 * @param keptByPerson how many families of results keep a row per person
 * @param keptByValue how many keep a row for each value of a person
 * @param anew whether results are made of these events that do not follow from what is kept
 */
public record EventLoad(
    EventTable events, List<Interval> crossed, int keptByPerson, int keptByValue, boolean anew) {

  public EventLoad {
    crossed = List.copyOf(crossed);
  }

  /**
   * Of all events that a profile is made of, a table after the other.
   *
   * @param zone the project's, in which windows of days and longer begin
   */
  public static List<EventLoad> of(ProfilePlan plan, Instant from, Instant to, ZoneId zone) {
    Instant before = WindowBounds.roundedUp(from);
    Instant now = WindowBounds.roundedUp(to);
    Families families = AsOfCompiler.inParts(plan, now, zone).families();
    List<EventLoad> loads = new ArrayList<>();
    for (EventUse use : EventUse.of(plan)) {
      List<Family> following =
          families.incremental().stream()
              .map(Family.class::cast)
              .filter(family -> family.events().equals(use.events()))
              .toList();
      int byPerson = (int) following.stream().filter(Accumulation.class::isInstance).count();
      loads.add(
          new EventLoad(
              use.events(),
              use.crossed(before, now, zone),
              byPerson,
              following.size() - byPerson,
              families.others().stream().anyMatch(other -> other.events().equals(use.events()))));
    }
    return List.copyOf(loads);
  }
}
