package dev.kith.run.asof;

import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.measures.EventTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * In which portions pairs are answered, by how many events their people have: so what is held at
 * once is bounded, whoever is asked for and how often.
 *
 * <p>Pairs are in the order of people. A section is a range of people whose events are gathered
 * together; a part of it is a range of pairs that are joined to these events together. One person's
 * pairs are all in one section, and may be in several parts.
 *
 * @param gathered how many events a section may have, unless they are all of one person
 * @param joined how many events may be joined to the pairs of a part, unless it is of one pair
 * @param counted of a table with more events than this, about as many are counted and stand for all
 */
record Portions(long gathered, long joined, long counted) {

  /**
   * A few hundred megabytes each. In smaller ones, more of the time goes into statements than into
   * their rows.
   */
  static final Portions DEFAULT = new Portions(6_000_000, 16_000_000, 16_000_000);

  /** With fewer pairs than this, counting their events costs more than it spares. */
  private static final long FEW = 1_000;

  /** The columns of an answer take about as much room as so many events. */
  private static final int EVENTS_OF_A_PAIR = 16;

  private static final String WEIGHTS = "kith_weights";

  /** Pairs from one position to another, both included. */
  record Range(long first, long last) {}

  record Section(List<Range> parts) {
    Section {
      parts = List.copyOf(parts);
    }

    Range whole() {
      return new Range(parts.get(0).first(), parts.get(parts.size() - 1).last());
    }
  }

  /**
   * @param pairs a relation of them
   * @param key its column of people
   * @param position its column of positions, from 1 on
   * @param tables those of the events
   */
  List<Section> sections(
      Session session, String pairs, String key, String position, Set<EventTable> tables) {
    long count = number(session, "SELECT count(*) FROM " + pairs + " AS p");
    if (count <= FEW || tables.isEmpty()) {
      return List.of(new Section(List.of(new Range(1, count))));
    }
    session.materialise(WEIGHTS, weights(session, tables));
    String weighted =
        "SELECT p.%1$s, CASE WHEN lag(p.%2$s) OVER o IS DISTINCT FROM p.%2$s THEN w.events END AS events, sum(coalesce(w.events, 0) + %3$d) OVER o AS joined FROM %4$s AS p LEFT JOIN %5$s AS w ON w.person = p.%2$s WINDOW o AS (ORDER BY p.%1$s)"
            .formatted(position, key, EVENTS_OF_A_PAIR, pairs, WEIGHTS);
    String placed =
        "SELECT %1$s, joined // %2$d AS part, coalesce(sum(events) OVER (ORDER BY %1$s), 0) // %3$d AS section FROM (%4$s) AS w"
            .formatted(position, joined, gathered, weighted);
    String ranges =
        "SELECT section, min(%1$s), max(%1$s) FROM (%2$s) AS p GROUP BY section, part ORDER BY 2"
            .formatted(position, placed);
    List<Section> sections = sections(session, ranges);
    session.drop(WEIGHTS);
    return sections;
  }

  private static List<Section> sections(Session session, String ranges) {
    List<Section> sections = new ArrayList<>();
    List<Range> parts = new ArrayList<>();
    long current = 0;
    try (Rows rows = session.query(ranges)) {
      while (rows.next()) {
        if (number(rows, 0) != current && !parts.isEmpty()) {
          sections.add(new Section(parts));
          parts.clear();
        }
        current = number(rows, 0);
        parts.add(new Range(number(rows, 1), number(rows, 2)));
      }
    }
    sections.add(new Section(parts));
    return sections;
  }

  /** Of everybody: to pick people costs more than to count. */
  private String weights(Session session, Set<EventTable> tables) {
    return tables.stream()
        .map(table -> weights(table, sampled(session, table)))
        .collect(
            Collectors.joining(
                " UNION ALL ",
                "SELECT person, CAST(sum(events) AS BIGINT) AS events FROM (",
                ") AS t GROUP BY person"));
  }

  /** How many percent of a table's events are counted. */
  private long sampled(Session session, EventTable table) {
    long all = number(session, "SELECT count(*) FROM " + table.relation().quoted());
    return all <= counted ? 100 : Math.max(1, 100 * counted / all);
  }

  private static String weights(EventTable table, long percent) {
    String counted =
        "SELECT person, count(*) * 100 // %d AS events FROM (SELECT %s AS person FROM %s) AS e"
            .formatted(percent, table.person(), table.relation().quoted());
    return counted
        + (percent == 100 ? "" : " TABLESAMPLE SYSTEM (" + percent + " PERCENT)")
        + " GROUP BY person";
  }

  private static long number(Session session, String sql) {
    try (Rows rows = session.query(sql)) {
      rows.next();
      return number(rows, 0);
    }
  }

  private static long number(Rows rows, int column) {
    return ((Number) Objects.requireNonNull(rows.value(column))).longValue();
  }
}
