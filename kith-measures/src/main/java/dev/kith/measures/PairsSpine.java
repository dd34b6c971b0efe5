package dev.kith.measures;

import dev.kith.measures.CompiledQuery.Step;
import dev.kith.measures.ProfilePlan.Existence.ByEvents;
import dev.kith.measures.ProfilePlan.Existence.ByHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The pairs, whether their people exist, and the results of the families joined to them. */
final class PairsSpine {

  private static final String PEOPLE = "kith_people";
  private static final String EXISTS = "kith_exists";
  private static final String VERSIONS = "kith_versions";
  private static final String FIRSTS = "kith_firsts";

  private final ProfilePlan plan;
  private final PairsFrame frame;

  PairsSpine(ProfilePlan plan, PairsFrame frame) {
    this.plan = plan;
    this.frame = frame;
  }

  Step step() {
    if (plan.existence() instanceof ByHistory history) {
      frame.gatherBeside(new Step(VERSIONS, gathered(history)));
      return frame.asThen() ? knownVersions(history) : versions(history);
    }
    ByEvents events = (ByEvents) plan.existence();
    return frame.asThen() ? knownEvents(events) : firsts(events);
  }

  private String gathered(ByHistory history) {
    return Sql.select(
        List.of("*"),
        history.relation().quoted(),
        List.of(Dialect.quoted(history.key()) + " IN (" + frame.people() + ")"));
  }

  private Step versions(ByHistory history) {
    String key = "v." + Dialect.quoted(history.key());
    List<String> on = new ArrayList<>();
    on.add(key + " = p." + Frame.KEY);
    on.addAll(Versions.validAt(history, "v", "p." + Frame.AS_OF));
    return step(
        key + " IS NOT NULL",
        Versions.attributes(plan, "v"),
        VERSIONS + " AS v ON " + String.join(" AND ", on));
  }

  private Step knownVersions(ByHistory history) {
    return step(
        "v." + PairsFrame.PAIR + " IS NOT NULL",
        Versions.attributes(plan, "v"),
        "(" + new KnownVersions(plan, history, VERSIONS).sql(frame) + ") AS v ON " + sameUnit("v"));
  }

  private Step firsts(ByEvents existence) {
    String firsts =
        "SELECT %1$s, min(%2$s) AS kith_first FROM (%3$s) AS a GROUP BY %1$s"
            .formatted(Gathering.PERSON, Frame.AT, all(existence, List.of()));
    frame.gatherBeside(new Step(FIRSTS, firsts));
    return step(
        "coalesce(f.kith_first < p." + Frame.AS_OF + ", FALSE)",
        List.of(),
        FIRSTS + " AS f ON f." + Gathering.PERSON + " = p." + Frame.KEY);
  }

  private Step knownEvents(ByEvents existence) {
    existence.events().forEach(events -> frame.gathering(events).ingested());
    String known =
        "SELECT DISTINCT q.%1$s FROM %2$s AS q JOIN (%3$s) AS a ON a.%4$s = q.%5$s AND a.%6$s < q.%7$s AND %8$s"
            .formatted(
                PairsFrame.PAIR,
                frame.relation(),
                all(existence, List.of(Gathering.INGESTED)),
                Gathering.PERSON,
                Frame.KEY,
                Frame.AT,
                Frame.AS_OF,
                Sql.atMost("a." + Gathering.INGESTED, "q." + Frame.AS_OF));
    return step(
        "f." + PairsFrame.PAIR + " IS NOT NULL",
        List.of(),
        "(" + known + ") AS f ON " + sameUnit("f"));
  }

  private Step step(String exists, List<String> attributes, String joined) {
    List<String> columns = new ArrayList<>();
    columns.add("p." + PairsFrame.PAIR);
    columns.add("p." + Frame.KEY);
    columns.add("p." + Frame.AS_OF);
    columns.add("(" + exists + ") AS " + EXISTS);
    columns.addAll(attributes);
    String from = frame.relation() + " AS p\n  LEFT JOIN " + joined;
    return new Step(PEOPLE, Sql.select(columns, from, List.of()));
  }

  private String sameUnit(String alias) {
    return frame.unit().stream()
        .map(column -> alias + "." + column + " = p." + column)
        .collect(Collectors.joining(" AND "));
  }

  private String all(ByEvents existence, List<String> more) {
    List<String> columns = new ArrayList<>(List.of(Gathering.PERSON, Frame.AT));
    columns.addAll(more);
    return existence.events().stream()
        .map(events -> Sql.select(columns, frame.gathering(events).name(), List.of()))
        .collect(Collectors.joining("\n  UNION ALL "));
  }

  /** The FROM of the answer. */
  String from(List<String> families) {
    String unit = String.join(", ", frame.unit());
    return families.stream()
        .map(name -> "\n  LEFT JOIN " + name + " USING (" + unit + ")")
        .collect(Collectors.joining("", PEOPLE + " AS p", ""));
  }

  Optional<String> exists() {
    return Optional.of("p." + EXISTS);
  }
}
