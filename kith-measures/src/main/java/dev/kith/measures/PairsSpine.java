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

  private final ProfilePlan plan;
  private final PairsFrame frame;

  PairsSpine(ProfilePlan plan, PairsFrame frame) {
    this.plan = plan;
    this.frame = frame;
  }

  Step step() {
    List<String> columns = new ArrayList<>();
    frame.unit().forEach(column -> columns.add("p." + column));
    if (plan.existence() instanceof ByHistory history) {
      String key = "v." + Dialect.quoted(history.key());
      columns.add("(" + key + " IS NOT NULL) AS " + EXISTS);
      columns.addAll(Versions.attributes(plan, "v"));
      List<String> on = new ArrayList<>();
      on.add(key + " = p." + Frame.KEY);
      on.addAll(Versions.validAt(history, "v", "p." + Frame.AS_OF));
      return step(columns, history.relation().quoted() + " AS v ON " + String.join(" AND ", on));
    }
    columns.add("coalesce(f.kith_first < p." + Frame.AS_OF + ", FALSE) AS " + EXISTS);
    String firsts = firsts((ByEvents) plan.existence());
    return step(columns, "(" + firsts + ") AS f ON f." + Frame.KEY + " = p." + Frame.KEY);
  }

  private Step step(List<String> columns, String joined) {
    String from = frame.relation() + " AS p\n  LEFT JOIN " + joined;
    return new Step(PEOPLE, Sql.select(columns, from, List.of()));
  }

  private static String firsts(ByEvents existence) {
    String all =
        existence.events().stream()
            .map(
                events ->
                    Sql.select(
                        List.of(
                            PersonOfEvent.key(events) + " AS " + Frame.KEY,
                            Sql.at(events) + " AS " + Frame.AT),
                        Sql.from(events.relation()),
                        List.of()))
            .collect(Collectors.joining("\n  UNION ALL "));
    return "SELECT "
        + Frame.KEY
        + ", min("
        + Frame.AT
        + ") AS kith_first FROM ("
        + all
        + ") AS a GROUP BY "
        + Frame.KEY;
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
