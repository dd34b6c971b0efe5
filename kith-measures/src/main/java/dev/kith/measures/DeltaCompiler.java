package dev.kith.measures;

import dev.kith.measures.AsOfCompiler.InParts;
import dev.kith.measures.CompiledQuery.Step;
import dev.kith.measures.Parts.Part;
import dev.kith.measures.ProfilePlan.Existence.ByHistory;
import dev.kith.model.TableName;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Brings a profile up to date from what was kept when it was computed, and from what came to its
 * windows and went from them since.
 *
 * <p>An event is in a window before, now, both or neither. Only events that came or went, or that
 * lie between two places of a window's end, can be in one and not in the other. So the events of
 * before in these stretches are subtracted, and the events of now there are added; whatever is in a
 * window both times is taken away and put back, or not looked at. This asks not how far the instant
 * moved, nor whether an event is late, corrected or gone.
 *
 * <p>Families that can follow ({@link Incremental}) do. The events of people are read only for
 * families that cannot, and for those whom a family is in doubt about.
 */
public final class DeltaCompiler {

  private final ProfilePlan plan;
  private final Instant from;
  private final Instant to;
  private final ZoneId zone;
  private final Set<TableName> growing;
  private final List<EventUse> uses;
  private final Families families;
  private final String answer;

  private DeltaCompiler(
      ProfilePlan plan, Instant from, Instant to, ZoneId zone, Set<TableName> growing) {
    this.plan = plan;
    this.from = WindowBounds.roundedUp(from);
    this.to = WindowBounds.roundedUp(to);
    this.zone = zone;
    this.growing = growing;
    this.uses = EventUse.of(plan);
    InParts parts = AsOfCompiler.inParts(plan, to, zone);
    this.families = parts.families();
    this.answer = parts.answer();
  }

  /**
   * The update of everybody's rows.
   *
   * @param from the instant of the profile as it was, and of what was kept
   * @param to not before that: what is kept of events must not lie after it
   * @param zone the project's, in which windows of days and longer begin
   * @param growing inputs of which no row went: what windows left behind of them is read once, and
   *     not as it was and as it is
   */
  public static CompiledUpdate compile(
      ProfilePlan plan, Instant from, Instant to, ZoneId zone, Set<TableName> growing) {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("Cannot follow backwards from " + from + " to " + to);
    }
    return new DeltaCompiler(plan, from, to, zone, growing).compile();
  }

  private CompiledUpdate compile() {
    Delta delta =
        new Delta(
            new SingleFrame(to, zone).over("plus", events -> moved("plus", events)),
            new SingleFrame(from, zone).over("minus", events -> moved("minus", events)),
            new SingleFrame(to, zone).over("anew", EventTable::relation),
            events -> moved("gone", events).name(),
            events -> "SELECT " + Frame.KEY + " FROM " + keys(events).name());
    List<Step> first = new ArrayList<>();
    uses.forEach(use -> first.addAll(moved(use, delta)));
    if (!keysAreTouched()) {
      first.add(new Step(Touched.RELATION, touched()));
    }
    families.incremental().forEach(family -> first.addAll(family.followed(delta)));
    for (EventUse use : uses) {
      first.addAll(doubtful("anew", use, Incremental::doubtful));
      first.addAll(doubtful("beyond", use, Incremental::doubtfulBeyond));
    }
    List<Step> steps = new ArrayList<>();
    families.incremental().forEach(family -> steps.addAll(family.settled(delta)));
    families.others().forEach(family -> steps.addAll(family.steps(new SingleFrame(to, zone))));
    String rows =
        Sql.select(
            List.of("*"), "(" + answer + ") AS q", List.of(Touched.isKey(plan.key().quotedName())));
    return new CompiledUpdate(
        first,
        Parts.of(plan, uses, this::anew),
        new CompiledQuery(steps, rows),
        Others.rows(plan, from, to),
        families.incremental().stream().flatMap(family -> family.changes(delta).stream()).toList());
  }

  private TableName moved(String way, EventTable events) {
    int number = 1;
    while (!uses.get(number - 1).events().equals(events)) {
      number++;
    }
    return TableName.of("kith_" + way + "_" + number);
  }

  /** The people of whom events of a table came, went or crossed an end of a window. */
  private TableName keys(EventTable events) {
    return keysAreTouched() ? TableName.of(Touched.RELATION) : moved("keys", events);
  }

  private boolean keysAreTouched() {
    return uses.size() == 1 && !(plan.existence() instanceof ByHistory);
  }

  private List<Step> moved(EventUse use, Delta delta) {
    EventTable events = use.events();
    TableName relation = events.relation();
    List<Step> steps = new ArrayList<>();
    TableName plus = moved("plus", events);
    TableName minus = moved("minus", events);
    if (growing.contains(relation)) {
      steps.add(new Step(minus.name(), stretches(use)));
      steps.add(new Step(plus.name(), grown(use, minus)));
    } else {
      steps.add(
          new Step(
              plus.name(),
              moved(use, CompiledUpdate.all(relation), CompiledUpdate.came(relation), to)));
      steps.add(
          new Step(
              minus.name(),
              moved(use, CompiledUpdate.before(relation), CompiledUpdate.went(relation), from)));
    }
    boolean readsGone = families.incremental().stream().anyMatch(of -> of.readsGone(events, delta));
    if (readsGone) {
      steps.add(new Step(moved("gone", events).name(), gone(events)));
    }
    steps.add(new Step(keys(events).name(), movedKeys(events, readsGone)));
    return steps;
  }

  /** The events in the stretches that ends of windows crossed, and those elsewhere that changed. */
  private String moved(EventUse use, TableName all, TableName changed, Instant instant) {
    Optional<Interval> reached = use.reached(instant, zone);
    if (reached.isEmpty()) {
      return none(use, all);
    }
    List<Interval> crossed = crossed(use, instant);
    List<String> selects = new ArrayList<>();
    crossed.forEach(stretch -> selects.add(rows(use, all, List.of(stretch))));
    List<Interval> elsewhere = reached.get().without(crossed);
    if (!elsewhere.isEmpty()) {
      selects.add(rows(use, changed, elsewhere));
    }
    return String.join("\n  UNION ALL ", selects);
  }

  /**
   * The events in the stretches that ends of windows crossed, as they were, of a table from which
   * none went. Some may be in a window at one of the instants only.
   */
  private String stretches(EventUse use) {
    TableName before = CompiledUpdate.before(use.events().relation());
    List<Interval> either = new ArrayList<>(crossed(use, from));
    either.addAll(crossed(use, to));
    List<String> selects =
        Interval.merged(either).stream()
            .map(stretch -> rows(use, before, List.of(stretch)))
            .toList();
    return selects.isEmpty() ? none(use, before) : String.join("\n  UNION ALL ", selects);
  }

  /** The same events as they are now, and all that came. */
  private String grown(EventUse use, TableName stretches) {
    Optional<Interval> reached = use.reached(to, zone);
    if (reached.isEmpty()) {
      return none(use, stretches);
    }
    TableName came = CompiledUpdate.came(use.events().relation());
    List<Interval> crossed = crossed(use, to);
    String all = rows(use, came, List.of(reached.get()));
    return crossed.isEmpty() ? all : rows(use, stretches, crossed) + "\n  UNION ALL " + all;
  }

  /** The stretches that ends of windows crossed, as far as they are in a window at an instant. */
  private List<Interval> crossed(EventUse use, Instant instant) {
    return use.crossed(from, to, zone).stream()
        .flatMap(each -> use.reached(instant, zone).flatMap(each::intersection).stream())
        .toList();
  }

  private static String rows(EventUse use, TableName relation, List<Interval> when) {
    String at = Sql.at(use.events());
    List<String> either =
        when.stream().map(stretch -> String.join(" AND ", stretch.contains(at))).toList();
    List<String> where =
        when.size() == 1 ? either : List.of("((" + String.join(") OR (", either) + "))");
    return Sql.select(columns(use), relation.quoted(), where);
  }

  private static String none(EventUse use, TableName relation) {
    return Sql.select(columns(use), relation.quoted(), List.of("FALSE"));
  }

  private static List<String> columns(EventUse use) {
    return use.columns().stream().map(Dialect::quoted).toList();
  }

  private static String gone(EventTable events) {
    String key = PersonOfEvent.key(events);
    return Sql.select(
        List.of(key + " AS " + Frame.KEY, Sql.at(events) + " AS " + Frame.AT),
        CompiledUpdate.went(events.relation()).quoted(),
        List.of(key + " IS NOT NULL"));
  }

  /** Of people with events that came, went or crossed an end of a window. */
  private String movedKeys(EventTable events, boolean readsGone) {
    String key = PersonOfEvent.key(events);
    return different(
        List.of(
            readsGone
                ? UpdateCompiler.keys(Frame.KEY, moved("gone", events), List.of())
                : UpdateCompiler.keys(key, CompiledUpdate.went(events.relation()), List.of()),
            UpdateCompiler.keys(key, moved("plus", events), List.of()),
            UpdateCompiler.keys(key, moved("minus", events), List.of())));
  }

  private String touched() {
    List<String> keys = new ArrayList<>();
    for (EventUse use : uses) {
      keys.add(UpdateCompiler.keys(Frame.KEY, moved("keys", use.events()), List.of()));
    }
    if (plan.existence() instanceof ByHistory history) {
      keys.addAll(UpdateCompiler.turned(history, from, to));
    }
    return different(keys);
  }

  private static String different(List<String> keys) {
    return Sql.select(
        List.of("DISTINCT " + Frame.KEY),
        "(" + String.join("\n  UNION ALL ", keys) + ") AS t",
        List.of(Frame.KEY + " IS NOT NULL"));
  }

  /** The events of a table that have to be read. */
  private List<Part> anew(EventUse use) {
    Optional<Interval> reached = use.reached(to, zone);
    if (reached.isEmpty()) {
      return List.of();
    }
    if (hasOthers(use)) {
      return List.of(new Part(reached.get(), Touched.KEYS));
    }
    List<Interval> near = use.near(to, zone).stream().toList();
    List<Part> parts = new ArrayList<>();
    if (!doubtful(use, Incremental::doubtful).isEmpty()) {
      near.forEach(when -> parts.add(new Part(when, keys("anew", use))));
    }
    if (!doubtful(use, Incremental::doubtfulBeyond).isEmpty()) {
      reached.get().without(near).forEach(when -> parts.add(new Part(when, keys("beyond", use))));
    }
    return parts;
  }

  private String keys(String way, EventUse use) {
    return "SELECT " + Frame.KEY + " FROM " + moved(way, use.events()).name();
  }

  private boolean hasOthers(EventUse use) {
    return families.others().stream().anyMatch(family -> family.events().equals(use.events()));
  }

  /**
   * People whom families are in doubt about, in a table of their own, so that an engine knows it
   * when there are none; nothing if there never are.
   */
  private List<Step> doubtful(
      String way, EventUse use, Function<Incremental, List<String>> queries) {
    List<String> doubtful = doubtful(use, queries);
    return doubtful.isEmpty()
        ? List.of()
        : List.of(new Step(moved(way, use.events()).name(), String.join("\n  UNION ", doubtful)));
  }

  /** Queries for the keys of doubtful people, unless everybody touched is computed anew. */
  private List<String> doubtful(EventUse use, Function<Incremental, List<String>> queries) {
    if (hasOthers(use)) {
      return List.of();
    }
    return families.incremental().stream()
        .filter(family -> ((Family) family).events().equals(use.events()))
        .flatMap(family -> queries.apply(family).stream())
        .toList();
  }
}
