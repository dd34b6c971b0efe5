package dev.kith.measures;

import dev.kith.measures.ProfilePlan.Existence.ByHistory;
import dev.kith.model.TableName;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The rows of an input that an update computes people anew from. */
final class Parts {

  private Parts() {}

  /**
   * A query over {@link CompiledUpdate#all} for each input of a plan.
   *
   * @param keys a query for the keys of people whose events are read; nothing if nobody's are
   */
  static Map<TableName, String> of(
      ProfilePlan plan,
      List<EventUse> uses,
      Instant to,
      ZoneId zone,
      Function<EventUse, Optional<String>> keys) {
    Map<TableName, String> parts = new LinkedHashMap<>();
    for (TableName input : plan.inputs()) {
      Map<String, String> columns = new LinkedHashMap<>();
      List<String> either = new ArrayList<>();
      for (EventUse use : uses) {
        if (use.events().relation().equals(input)) {
          use.columns().forEach(name -> columns.putIfAbsent(EventUse.key(name), name));
          keys.apply(use).ifPresent(theirs -> either.add(isRead(use, to, zone, theirs)));
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
              List.of(any(either))));
    }
    return parts;
  }

  private static String isRead(EventUse use, Instant to, ZoneId zone, String keys) {
    List<String> all = new ArrayList<>();
    use.reached(to, zone)
        .ifPresentOrElse(
            reached -> all.addAll(reached.contains(Sql.at(use.events()))), () -> all.add("FALSE"));
    all.add(PersonOfEvent.key(use.events()) + " IN (" + keys + ")");
    return String.join(" AND ", all);
  }

  private static String any(List<String> conditions) {
    return switch (conditions.size()) {
      case 0 -> "FALSE";
      case 1 -> conditions.get(0);
      default -> "((" + String.join(") OR (", conditions) + "))";
    };
  }
}
