package dev.kith.measures;

import dev.kith.measures.ProfilePlan.Existence.ByHistory;
import dev.kith.model.TableName;
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
   * What is read of {@link CompiledUpdate#all} for each input of a plan.
   *
   * @param parts of a table's events that are read; those of one use have no event in common
   */
  static Map<TableName, List<InputPart>> of(
      ProfilePlan plan, List<EventUse> uses, Function<EventUse, List<Part>> parts) {
    Map<TableName, List<InputPart>> read = new LinkedHashMap<>();
    for (TableName input : plan.inputs()) {
      List<EventUse> own =
          uses.stream().filter(use -> use.events().relation().equals(input)).toList();
      Map<String, String> columns = new LinkedHashMap<>();
      own.forEach(
          use -> use.columns().forEach(name -> columns.putIfAbsent(EventUse.key(name), name)));
      Optional<ByHistory> history = history(plan, input);
      history.ifPresent(
          of ->
              Versions.columns(plan, of)
                  .forEach(name -> columns.putIfAbsent(EventUse.key(name), name)));
      Function<String, String> rows =
          condition ->
              Sql.select(
                  columns.values().stream().map(Dialect::quoted).toList(),
                  CompiledUpdate.all(input).quoted(),
                  List.of(condition));
      List<InputPart> apart = new ArrayList<>();
      List<String> either = new ArrayList<>();
      for (EventUse use : own) {
        for (Part part : parts.apply(use)) {
          String condition = part.of(use.events());
          apart.add(new InputPart(rows.apply(condition), Optional.of(part.keys())));
          either.add(condition);
        }
      }
      history.ifPresent(of -> either.add(Touched.isKey(Dialect.quoted(of.key()))));
      boolean areApart = own.size() == 1 && history.isEmpty() && !apart.isEmpty();
      read.put(
          input,
          areApart ? apart : List.of(new InputPart(rows.apply(any(either)), Optional.empty())));
    }
    return read;
  }

  private static Optional<ByHistory> history(ProfilePlan plan, TableName input) {
    return plan.existence() instanceof ByHistory history && history.relation().equals(input)
        ? Optional.of(history)
        : Optional.empty();
  }

  private static String any(List<String> conditions) {
    return switch (conditions.size()) {
      case 0 -> "FALSE";
      case 1 -> conditions.get(0);
      default -> "((" + String.join(") OR (", conditions) + "))";
    };
  }
}
