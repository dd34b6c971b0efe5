package dev.kith.measures;

import dev.kith.measures.ProfilePlan.Existence.ByHistory;
import dev.kith.model.definition.Knowledge;
import java.util.ArrayList;
import java.util.List;

/**
 * The versions of people as they were known at an instant.
 *
 * <p>A history is kept as it is known now: a version that came late has shortened the one before
 * it. So who asks what was known then cannot go by {@code valid_to}. What holds is this: an end
 * without a successor is a deletion, which was seen when it happened. The versions between two
 * deletions are a life; within a life, the latest version that had been ingested is the one that
 * was known, and if none had been, nobody was.
 */
final class KnownVersions {

  private static final String RANK = "kith_rank";

  private final ProfilePlan plan;
  private final ByHistory history;
  private final String relation;
  private final String from;
  private final String to;

  /**
   * @param relation has the versions
   */
  KnownVersions(ProfilePlan plan, ByHistory history, String relation) {
    this.plan = plan;
    this.history = history;
    this.relation = relation;
    this.from = Sql.instant(history.validFrom(), history.validFrom().quotedName());
    this.to = Sql.instant(history.validTo(), history.validTo().quotedName());
  }

  /** A row per pair whose person was known, with the pair and the attributes. */
  String sql(PairsFrame frame) {
    List<String> on =
        List.of(
            "l." + Frame.KEY + " = q." + Frame.KEY,
            "(l.kith_from IS NULL OR l.kith_from < q." + Frame.AS_OF + ")",
            "(l.kith_end IS NULL OR q." + Frame.AS_OF + " <= l.kith_end)",
            Sql.atMost("l." + Dialect.quoted(Knowledge.INGESTED_AT), "q." + Frame.AS_OF));
    List<String> ranked = new ArrayList<>();
    frame.unit().forEach(column -> ranked.add("q." + column));
    ranked.addAll(Versions.attributes(plan, "l"));
    ranked.add(
        "row_number() OVER (PARTITION BY q.%s ORDER BY l.kith_from DESC NULLS LAST) AS %s"
            .formatted(PairsFrame.PAIR, RANK));
    String joined =
        frame.relation() + " AS q JOIN (" + lives() + ") AS l ON " + String.join(" AND ", on);
    return Sql.select(
        List.of("*"),
        "(" + Sql.select(ranked, joined, List.of()) + ") AS r",
        List.of(RANK + " = 1"));
  }

  /** Each version with the end of the life that it is of; NULL while that lasts. */
  private String lives() {
    String key = Dialect.quoted(history.key());
    String inOrder = "PARTITION BY " + Frame.KEY + " ORDER BY kith_from NULLS FIRST";
    List<String> columns = new ArrayList<>();
    columns.add(key + " AS " + Frame.KEY);
    columns.add(from + " AS kith_from");
    columns.add(to + " AS kith_to");
    columns.add(Dialect.quoted(Knowledge.INGESTED_AT));
    columns.addAll(Versions.attributes(plan, "h"));
    String versions = Sql.select(columns, relation + " AS h", List.of(key + " IS NOT NULL"));
    String begun =
        "SELECT *, lag(kith_to) OVER (%s) IS DISTINCT FROM kith_from AS kith_begins FROM (%s) AS v"
            .formatted(inOrder, versions);
    String numbered =
        "SELECT *, sum(CASE WHEN kith_begins THEN 1 ELSE 0 END) OVER (%s ROWS UNBOUNDED PRECEDING) AS kith_life FROM (%s) AS v"
            .formatted(inOrder, begun);
    return "SELECT *, CASE WHEN count(*) OVER life = count(kith_to) OVER life THEN max(kith_to) OVER life END AS kith_end FROM (%s) AS v WINDOW life AS (PARTITION BY %s, kith_life)"
        .formatted(numbered, Frame.KEY);
  }
}
