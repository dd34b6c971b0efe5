package dev.kith.run.asof;

import dev.kith.engine.RowSink;
import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.measures.AsOfCompiler;
import dev.kith.measures.CompiledQuery;
import dev.kith.measures.DatasetPlan;
import dev.kith.measures.Instants;
import dev.kith.measures.ProfilePlan;
import dev.kith.measures.WindowBounds;
import dev.kith.model.KithException;
import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.run.build.TimeLiterals;
import dev.kith.run.fault.AsOfCode;
import dev.kith.sources.GivenRows;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Joins given rows to a profile as it was at each row's instant.
 *
 * <p>The different pairs of key and instant are ordered by key and answered some at a time, so that
 * what is aggregated at once is bounded, and reads the events of a range of keys.
 */
public final class Answering {

  /** As many pairs are answered together, unless somebody asks for another number. */
  public static final int PAIRS_AT_ONCE = 2_000_000;

  /** The column of the answer that tells whether the person existed. */
  public static final String EXISTS = DatasetPlan.EXISTS;

  /** The column with an instant that was given for all rows. */
  public static final String AS_OF = "as_of";

  private static final String ROWS = "kith_given";
  private static final String PAIRS = "kith_asked";
  private static final String BOUNDS = "kith_bounds";
  private static final String CHUNK = "kith_chunk";
  private static final String ANSWER = "kith_answer_";
  private static final String KEY = "kith_key";
  private static final String INSTANT = "kith_instant";
  private static final String POSITION = "kith_position";

  private final Session session;
  private final ZoneId zone;
  private final int pairsAtOnce;

  /**
   * @param session in which the inputs of the plan are bound
   * @param zone the project's
   * @param pairsAtOnce how many pairs are answered together
   */
  public Answering(Session session, ZoneId zone, int pairsAtOnce) {
    this.session = session;
    this.zone = zone;
    this.pairsAtOnce = pairsAtOnce;
  }

  /**
   * Computes the answer; the session is the answer's from then on.
   *
   * @param given the rows of the question
   */
  public AsOfAnswer answer(Asked asked, GivenRows given) {
    String joined = joined(asked, given);
    String ordered =
        rows(asked, given, joined) + " ORDER BY g." + GivenRows.NUMBER; // as they were given
    return new AsOfAnswer(session, ordered, counts(joined));
  }

  /** Computes the answer; a query of its rows in any order, which may be run in the session. */
  String rows(Asked asked, GivenRows given) {
    return rows(asked, given, joined(asked, given));
  }

  private String joined(Asked asked, GivenRows given) {
    ProfilePlan plan = asked.plan();
    InstantOfRow at = asked.at();
    requireFreeNames(given, at, asked.columns());
    String key = given.columns().column(plan.key().name()).orElseThrow().quotedName();
    session.bindView(
        TableName.of(ROWS),
        "SELECT *, %s AS %s, %s AS %s FROM %s"
            .formatted(key, KEY, instant(given, at), INSTANT, given.relation()));
    session.materialise(
        PAIRS,
        "SELECT *, row_number() OVER (ORDER BY %1$s, %2$s) AS %3$s FROM (SELECT DISTINCT %1$s, %2$s FROM %4$s WHERE %1$s IS NOT NULL AND %2$s IS NOT NULL) AS p"
            .formatted(KEY, INSTANT, POSITION, ROWS));
    bounds(plan);
    String answers = answers(asked);
    return "%1$s AS g LEFT JOIN (%2$s) AS a ON a.%3$s = g.%4$s AND a.%5$s = g.%6$s"
        .formatted(
            ROWS, answers, plan.key().quotedName(), KEY, quoted(WindowBounds.AS_OF), INSTANT);
  }

  private static String instant(GivenRows given, InstantOfRow at) {
    return at instanceof InstantOfRow.InColumn column
        ? given.columns().column(column.name()).orElseThrow().quotedName()
        : TimeLiterals.of(((InstantOfRow.Fixed) at).at());
  }

  private static void requireFreeNames(GivenRows given, InstantOfRow at, List<Column> shown) {
    List<String> added = new ArrayList<>(shown.stream().map(Column::name).toList());
    added.add(EXISTS);
    if (at instanceof InstantOfRow.Fixed) {
      added.add(AS_OF);
    }
    for (String name : added) {
      if (given.columns().has(name)) {
        throw KithException.project(
                AsOfCode.COLUMN_CLASH,
                name,
                "Cannot give two columns one name: the rows have a column '%s'".formatted(name))
            .withHelp("leave it out of the rows, or name it otherwise there");
      }
    }
  }

  private void bounds(ProfilePlan plan) {
    try (RowSink sink = session.stage(BOUNDS, WindowBounds.schema(plan));
        Rows instants = session.query("SELECT DISTINCT " + INSTANT + " FROM " + PAIRS)) {
      while (instants.next()) {
        Instant instant = (Instant) Objects.requireNonNull(instants.value(0));
        sink.add(WindowBounds.row(plan, instant, zone).toArray());
      }
    }
  }

  /** A query of all pairs with their answers. */
  private String answers(Asked asked) {
    CompiledQuery compiled =
        AsOfCompiler.compile(
            asked.plan(),
            new Instants.Pairs(CHUNK, KEY, INSTANT, BOUNDS, asked.known()),
            zone,
            new Completeness(session).of(asked.labels()));
    long pairs = number("SELECT count(*) FROM " + PAIRS);
    List<String> parts = new ArrayList<>();
    for (long first = 1; parts.isEmpty() || first <= pairs; first += pairsAtOnce) {
      session.bindView(
          TableName.of(CHUNK),
          "SELECT %s, %s FROM %s WHERE %s BETWEEN %d AND %d"
              .formatted(KEY, INSTANT, PAIRS, POSITION, first, first + pairsAtOnce - 1));
      compiled.steps().forEach(step -> session.materialise(step.name(), step.sql()));
      String part = ANSWER + parts.size();
      session.materialise(part, compiled.sql());
      compiled.steps().forEach(step -> session.drop(step.name()));
      parts.add("SELECT * FROM " + part);
    }
    return String.join(" UNION ALL ", parts);
  }

  private static String rows(Asked asked, GivenRows given, String joined) {
    List<String> columns = new ArrayList<>();
    given.columns().columns().forEach(column -> columns.add("g." + column.quotedName()));
    if (asked.at() instanceof InstantOfRow.Fixed) {
      columns.add("g." + INSTANT + " AS " + AS_OF);
    }
    columns.add("coalesce(a.%1$s, FALSE) AS %1$s".formatted(quoted(EXISTS)));
    asked.columns().forEach(column -> columns.add("a." + column.quotedName()));
    return "SELECT %s FROM %s".formatted(String.join(", ", columns), joined);
  }

  private AsOfAnswer.Counts counts(String joined) {
    String sql =
        "SELECT count(*), count(*) FILTER (g.%1$s IS NULL), count(*) FILTER (g.%1$s IS NOT NULL AND g.%2$s IS NULL), count(*) FILTER (NOT a.%3$s) FROM %4$s"
            .formatted(KEY, INSTANT, quoted(EXISTS), joined);
    try (Rows rows = session.query(sql)) {
      rows.next();
      return new AsOfAnswer.Counts(
          number(rows, 0), number(rows, 1), number(rows, 2), number(rows, 3));
    }
  }

  private long number(String sql) {
    try (Rows rows = session.query(sql)) {
      rows.next();
      return number(rows, 0);
    }
  }

  private static long number(Rows rows, int column) {
    return ((Number) Objects.requireNonNull(rows.value(column))).longValue();
  }

  private static String quoted(String name) {
    return '"' + name + '"';
  }
}
