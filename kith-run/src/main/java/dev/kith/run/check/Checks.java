package dev.kith.run.check;

import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.model.KithException;
import dev.kith.model.Located;
import dev.kith.model.definition.TableDefinition;
import dev.kith.model.definition.Check;
import dev.kith.model.definition.Expectation;
import dev.kith.model.type.Column;
import dev.kith.model.type.TableSchema;
import dev.kith.run.build.Building;
import dev.kith.run.event.RunEvent;
import dev.kith.run.fault.RunCode;
import dev.kith.run.graph.Node;
import dev.kith.sql.RowRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Holds a table that was built against what its definition demands, before anybody sees it. */
public final class Checks {

  private static final int EXAMPLES = 3;

  private final Building building;

  public Checks(Building building) {
    this.building = building;
  }

  /**
   * @param where true for the rows at fault, over the table
   * @param columns whose values tell the rows at fault
   */
  private record Rule(String text, String from, String where, List<String> columns) {}

  /**
   * Passes if all checks of the table hold.
   *
   * @throws KithException of category check with the checks that fail, and some rows
   */
  public void run(Node.TableNode node) {
    TableDefinition table = node.definition();
    if (table.checks().isEmpty()) {
      return;
    }
    building.listener().on(new RunEvent.Started(node.name(), "checking"));
    List<String> faults = new ArrayList<>();
    try (Session session = building.engine().open(building.zone())) {
      building.bindWhole(session, node.name(), Set.of());
      for (Check check : table.checks()) {
        for (Rule rule : rules(check, node)) {
          fault(session, rule).ifPresent(faults::add);
        }
      }
    }
    if (!faults.isEmpty()) {
      throw KithException.check(
              RunCode.CHECK_FAILED,
              node.name().toString(),
              "Cannot publish: '"
                  + node.name()
                  + "' fails its checks\n  "
                  + String.join("\n  ", faults))
          .withHelp("readers still see the release before; mend the data, the query, or the check");
    }
  }

  private static List<Rule> rules(Check check, Node.TableNode node) {
    String from = node.name().quoted();
    if (check.expectation() instanceof Expectation.Unique unique) {
      List<String> columns =
          unique.columns().stream().map(name -> quoted(name, node.schema())).toList();
      String list = String.join(", ", columns);
      String notNull =
          columns.stream().map(name -> name + " IS NOT NULL").collect(Collectors.joining(" AND "));
      String repeated =
          "(SELECT %s, count(*) AS kith_count FROM %s WHERE %s GROUP BY %s)"
              .formatted(list, from, notNull, list);
      return List.of(new Rule("unique [" + list + "]", repeated, "kith_count > 1", columns));
    }
    List<String> key =
        node.definition().key().stream().map(name -> quoted(name, node.schema())).toList();
    if (!(check.expectation() instanceof Expectation.EachRow each)) {
      return List.of();
    }
    return RowRule.of(each.requirement(), node.schema(), name -> {}).stream()
        .map(rule -> rule(rule, from, key))
        .toList();
  }

  private static Rule rule(RowRule rule, String from, List<String> key) {
    Set<String> columns = new TreeSet<>(key);
    columns.add(rule.column().quotedName());
    return new Rule(
        "'" + rule.column().name() + "' " + rule.fault(),
        from,
        rule.broken(),
        List.copyOf(columns));
  }

  private static String quoted(Located<String> name, TableSchema schema) {
    return schema.column(name.value()).map(Column::quotedName).orElseThrow();
  }

  private static java.util.Optional<String> fault(Session session, Rule rule) {
    long count = 0;
    List<String> examples = new ArrayList<>();
    String sql =
        "SELECT %s, count(*) OVER () FROM %s WHERE %s ORDER BY ALL LIMIT %d"
            .formatted(String.join(", ", rule.columns()), rule.from(), rule.where(), EXAMPLES);
    try (Rows rows = session.query(sql)) {
      while (rows.next()) {
        int last = rule.columns().size();
        count = ((Number) java.util.Objects.requireNonNull(rows.value(last))).longValue();
        List<String> values = new ArrayList<>();
        for (int column = 0; column < last; column++) {
          values.add(String.valueOf(rows.value(column)));
        }
        examples.add("(" + String.join(", ", values) + ")");
      }
    }
    return count == 0
        ? java.util.Optional.empty()
        : java.util.Optional.of(
            "%s: %,d rows, such as %s of %s"
                .formatted(
                    rule.text(),
                    count,
                    String.join(" ", examples),
                    String.join(", ", rule.columns())));
  }
}
