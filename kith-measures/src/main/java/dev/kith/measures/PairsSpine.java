package dev.kith.measures;

import dev.kith.measures.CompiledQuery.Step;
import dev.kith.measures.ProfilePlan.Existence.ByEvents;
import dev.kith.measures.ProfilePlan.Existence.ByHistory;
import dev.kith.model.definition.Knowledge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The pairs, whether their people exist, and the results of the families joined to them. */
final class PairsSpine {

  private static final String PEOPLE = "kith_people";
  private static final String EXISTS = "kith_exists";

  private final ProfilePlan plan;
  private final PairsFrame frame;

  PairsSpine(ProfilePlan plan, PairsFrame frame) {
    this.plan = plan;
    this.frame = frame;
  }

  Step step() {
    if (plan.existence() instanceof ByHistory history) {
      return frame.asThen() ? knownVersions(history) : versions(history);
    }
    ByEvents events = (ByEvents) plan.existence();
    return frame.asThen() ? knownEvents(events) : firsts(events);
  }

  private Step versions(ByHistory history) {
    String key = "v." + Dialect.quoted(history.key());
    List<String> on = new ArrayList<>();
    on.add(key + " = p." + Frame.KEY);
    on.addAll(Versions.validAt(history, "v", "p." + Frame.AS_OF));
    return step(
        key + " IS NOT NULL",
        Versions.attributes(plan, "v"),
        history.relation().quoted() + " AS v ON " + String.join(" AND ", on));
  }

  private Step knownVersions(ByHistory history) {
    return step(
        "v." + Frame.KEY + " IS NOT NULL",
        Versions.attributes(plan, "v"),
        "(" + new KnownVersions(plan, history).sql(frame) + ") AS v ON " + sameUnit("v"));
  }

  private Step firsts(ByEvents existence) {
    String firsts =
        "SELECT %s, min(%s) AS kith_first FROM (%s) AS a GROUP BY %s"
            .formatted(Frame.KEY, Frame.AT, all(existence, List.of()), Frame.KEY);
    return step(
        "coalesce(f.kith_first < p." + Frame.AS_OF + ", FALSE)",
        List.of(),
        "(" + firsts + ") AS f ON f." + Frame.KEY + " = p." + Frame.KEY);
  }

  private Step knownEvents(ByEvents existence) {
    String ingested = Dialect.quoted(Knowledge.INGESTED_AT);
    String known =
        "SELECT DISTINCT q.%1$s, q.%2$s FROM %3$s AS q JOIN (%4$s) AS a ON a.%1$s = q.%1$s AND a.%5$s < q.%2$s AND %6$s"
            .formatted(
                Frame.KEY,
                Frame.AS_OF,
                frame.relation(),
                all(existence, List.of(ingested)),
                Frame.AT,
                Sql.atMost("a." + ingested, "q." + Frame.AS_OF));
    return step(
        "f." + Frame.KEY + " IS NOT NULL", List.of(), "(" + known + ") AS f ON " + sameUnit("f"));
  }

  private Step step(String exists, List<String> attributes, String joined) {
    List<String> columns = new ArrayList<>();
    frame.unit().forEach(column -> columns.add("p." + column));
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

  private static String all(ByEvents existence, List<String> more) {
    return existence.events().stream()
        .map(
            events -> {
              List<String> columns = new ArrayList<>();
              columns.add(PersonOfEvent.key(events) + " AS " + Frame.KEY);
              columns.add(Sql.at(events) + " AS " + Frame.AT);
              columns.addAll(more);
              return Sql.select(columns, Sql.from(events.relation()), List.of());
            })
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
