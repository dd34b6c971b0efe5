package dev.kith.measures;

import dev.kith.measures.CompiledQuery.Step;
import dev.kith.measures.Parts.Part;
import dev.kith.measures.ProfilePlan.Existence.ByHistory;
import dev.kith.model.TableName;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Brings a profile up to date by computing anew only the people whose rows can have changed.
 *
 * <p>A person's row is a function of the events and versions that have their key, and of which of
 * these are in which window. So it stays as it is unless
 *
 * <ul>
 *   <li>a row with their key came or went: a late, corrected or deleted event, or one whose key was
 *       changed, which went from one person and came to another;
 *   <li>an event of theirs that was known before crossed an end of a window: the instant itself, or
 *       the far end, each of which lies elsewhere now;
 *   <li>a version of theirs began or ended between the two instants.
 * </ul>
 *
 * None of this asks which way the instant moved, nor how far. Only columns made from {@code as_of}
 * change for everybody; they are expressions over the row, so others' rows are enough to compute
 * them.
 */
public final class UpdateCompiler {

  private final ProfilePlan plan;
  private final Instant from;
  private final Instant to;
  private final ZoneId zone;
  private final List<EventUse> uses;

  private UpdateCompiler(ProfilePlan plan, Instant from, Instant to, ZoneId zone) {
    this.plan = plan;
    this.from = WindowBounds.roundedUp(from);
    this.to = WindowBounds.roundedUp(to);
    this.zone = zone;
    this.uses = EventUse.of(plan);
  }

  /**
   * The update of everybody's rows.
   *
   * @param from the instant of the profile as it was
   * @param zone the project's, in which windows of days and longer begin
   */
  public static CompiledUpdate compile(ProfilePlan plan, Instant from, Instant to, ZoneId zone) {
    return new UpdateCompiler(plan, from, to, zone).compile();
  }

  private CompiledUpdate compile() {
    CompiledQuery answer = AsOfCompiler.compile(plan, new Instants.Single(to), zone);
    // An event may name two people, one of them untouched, of whom not all rows are there.
    String rows =
        Sql.select(
            List.of("*"),
            "(" + answer.sql() + ") AS q",
            List.of(Touched.isKey(plan.key().quotedName())));
    return new CompiledUpdate(
        List.of(new Step(Touched.RELATION, touched())),
        Parts.of(plan, uses, this::parts),
        new CompiledQuery(answer.steps(), rows),
        Others.rows(plan, from, to),
        List.of());
  }

  private List<Part> parts(EventUse use) {
    return use.reached(to, zone).map(when -> new Part(when, Touched.KEYS)).stream().toList();
  }

  private String touched() {
    Set<String> keys = new LinkedHashSet<>();
    uses.forEach(use -> keys.addAll(touched(use)));
    if (plan.existence() instanceof ByHistory history) {
      keys.addAll(turned(history, from, to));
    }
    String all = String.join("\n  UNION ALL ", keys);
    return Sql.select(
        List.of("DISTINCT " + Frame.KEY),
        "(" + all + ") AS t",
        List.of(Frame.KEY + " IS NOT NULL"));
  }

  private List<String> touched(EventUse use) {
    EventTable events = use.events();
    String key = PersonOfEvent.key(events);
    List<String> keys = new ArrayList<>();
    keys.add(keys(key, CompiledUpdate.came(events.relation()), List.of()));
    keys.add(keys(key, CompiledUpdate.went(events.relation()), List.of()));
    // One select for each stretch, so that an engine can leave out what lies outside of it.
    for (Interval crossed : use.crossed(from, to, zone)) {
      keys.add(keys(key, CompiledUpdate.all(events.relation()), crossed.contains(Sql.at(events))));
    }
    return keys;
  }

  /** Queries for the keys of people with versions that came, went, began or ended. */
  static List<String> turned(ByHistory history, Instant from, Instant to) {
    String key = Dialect.quoted(history.key());
    List<String> keys = new ArrayList<>();
    keys.add(keys(key, CompiledUpdate.came(history.relation()), List.of()));
    keys.add(keys(key, CompiledUpdate.went(history.relation()), List.of()));
    Interval.between(from, to)
        .ifPresent(
            moved ->
                keys.add(
                    keys(
                        key,
                        CompiledUpdate.all(history.relation()),
                        List.of(Versions.turned(history, moved)))));
    return keys;
  }

  static String keys(String key, TableName relation, List<String> conditions) {
    return Sql.select(List.of(key + " AS " + Frame.KEY), relation.quoted(), conditions);
  }
}
