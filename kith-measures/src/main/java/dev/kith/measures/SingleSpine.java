package dev.kith.measures;

import dev.kith.measures.ProfilePlan.Existence;
import dev.kith.measures.ProfilePlan.Existence.ByEvents;
import dev.kith.measures.ProfilePlan.Existence.ByHistory;
import dev.kith.model.definition.Window.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Everybody who exists at one instant, with the results of the families joined to them. */
final class SingleSpine {

  private final ProfilePlan plan;
  private final SingleFrame frame;
  private final Families families;

  SingleSpine(ProfilePlan plan, SingleFrame frame, Families families) {
    this.plan = plan;
    this.frame = frame;
    this.families = families;
  }

  /** The FROM of the answer: one row per person, {@link Frame#KEY} and the families' results. */
  String from() {
    Existence existence = plan.existence();
    if (existence instanceof ByHistory history) {
      return "(" + valid(plan, history, frame) + ") AS p" + joins("LEFT", families.names());
    }
    List<String> spine =
        ((ByEvents) existence)
            .events().stream()
                .map(events -> families.accumulation(events, Direction.BACK, true).name())
                .distinct()
                .toList();
    List<String> others = new ArrayList<>(families.names());
    others.removeAll(spine);
    return spine.get(0) + joins("FULL", spine.subList(1, spine.size())) + joins("LEFT", others);
  }

  /** A row per person who exists, with the attributes of a plan. */
  static String valid(ProfilePlan plan, ByHistory history, SingleFrame frame) {
    String key = "v." + Dialect.quoted(history.key());
    List<String> columns = new ArrayList<>();
    columns.add(key + " AS " + Frame.KEY);
    columns.addAll(Versions.attributes(plan, "v"));
    List<String> where = new ArrayList<>(Versions.validAt(history, "v", frame.asOf()));
    where.add(key + " IS NOT NULL");
    return Sql.select(columns, history.relation().quoted() + " AS v", where);
  }

  static String joins(String kind, List<String> names) {
    return names.stream()
        .map(name -> "\n  " + kind + " JOIN " + name + " USING (" + Frame.KEY + ")")
        .collect(Collectors.joining());
  }
}
