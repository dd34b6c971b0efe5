package dev.kith.measures;

import dev.kith.measures.ProfilePlan.Existence.ByHistory;
import dev.kith.model.TableName;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The rows of an input that an update computes people anew from. */
final class Parts {

  private Parts() {}

  /**
   * A query over {@link CompiledUpdate#all} for each input of a plan.
   *
   * @param keys a query for the keys of people whose events are read
   */
  static Map<TableName, String> of(
      ProfilePlan plan,
      List<EventUse> uses,
      Instant to,
      ZoneId zone,
      Function<EventUse, String> keys) {
    Map<TableName, String> parts = new LinkedHashMap<>();
    for (TableName input : plan.inputs()) {
      Map<String, String> columns = new LinkedHashMap<>();
      List<String> either = new ArrayList<>();
      for (EventUse use : uses) {
        if (use.events().relation().equals(input)) {
          use.columns().forEach(name -> columns.putIfAbsent(EventUse.key(name), name));
          List<String> all = new ArrayList<>(use.reached(to, zone));
          all.add(PersonOfEvent.key(use.events()) + " IN (" + keys.apply(use) + ")");
          either.add(String.join(" AND ", all));
        }
      }
      if (plan.existence() instanceof ByHistory history && history.relation().equals(input)) {
        Versions.columns(plan, history)
            .forEach(name -> columns.putIfAbsent(EventUse.key(name), name));
        either.add(Touched.isKey(Dialect.quoted(history.key())));
      }
      parts.put(
          input,
          Sql.select(
              columns.values().stream().map(Dialect::quoted).toList(),
              CompiledUpdate.all(input).quoted(),
              either.size() == 1 ? either : List.of("((" + String.join(") OR (", either) + "))")));
    }
    return parts;
  }
}
