package dev.kith.measures;

import dev.kith.measures.ProfilePlan.Existence.ByHistory;
import dev.kith.model.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The rows of an input that an update computes people anew from. */
final class Parts {

  private Parts() {}

  /**
   * Events of some people in a stretch of time.
   *
   * @param keys a query for theirs
   */
  record Part(Interval when, String keys) {

    /** The condition of a row. */
    private String of(EventTable events) {
      List<String> all = new ArrayList<>(when.contains(Sql.at(events)));
      all.add(PersonOfEvent.key(events) + " IN (" + keys + ")");
      return String.join(" AND ", all);
    }
  }

  /**
   * A query over {@link CompiledUpdate#all} for each input of a plan.
   *
   * @param parts of a table's events that are read; those of one use have no event in common
   */
  static Map<TableName, String> of(
      ProfilePlan plan, List<EventUse> uses, Function<EventUse, List<Part>> parts) {
    Map<TableName, String> queries = new LinkedHashMap<>();
    for (TableName input : plan.inputs()) {
      List<EventUse> own =
          uses.stream().filter(use -> use.events().relation().equals(input)).toList();
      Map<String, String> columns = new LinkedHashMap<>();
      List<String> either = new ArrayList<>();
      for (EventUse use : own) {
        use.columns().forEach(name -> columns.putIfAbsent(EventUse.key(name), name));
        parts.apply(use).forEach(part -> either.add(part.of(use.events())));
      }
      boolean areApart = own.size() == 1;
      if (plan.existence() instanceof ByHistory history && history.relation().equals(input)) {
        Versions.columns(plan, history)
            .forEach(name -> columns.putIfAbsent(EventUse.key(name), name));
        either.add(Touched.isKey(Dialect.quoted(history.key())));
        areApart = false;
      }
      List<String> selected = columns.values().stream().map(Dialect::quoted).toList();
      // One select for each part, so that an engine reads nothing where there is nobody.
      List<String> conditions = areApart && !either.isEmpty() ? either : List.of(any(either));
      queries.put(
          input,
          conditions.stream()
              .map(rows -> Sql.select(selected, CompiledUpdate.all(input).quoted(), List.of(rows)))
              .collect(Collectors.joining("\n  UNION ALL ")));
    }
    return queries;
  }

  private static String any(List<String> conditions) {
    return switch (conditions.size()) {
      case 0 -> "FALSE";
      case 1 -> conditions.get(0);
      default -> "((" + String.join(") OR (", conditions) + "))";
    };
  }
}
