package dev.kith.run.asof;

import dev.kith.engine.RowSink;
import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.measures.AsOfCompiler;
import dev.kith.measures.CompiledQuery.Step;
import dev.kith.measures.DatasetPlan;
import dev.kith.measures.Instants;
import dev.kith.measures.PairsQuery;
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
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Joins given rows to a profile as it was at each row's instant.
 *
 * <p>The different pairs of key and instant are ordered by key and answered in {@link Portions}.
 */
public final class Answering {

  /** The column of the answer that tells whether the person existed. */
  public static final String EXISTS = DatasetPlan.EXISTS;

  /** The column with an instant that was given for all rows. */
  public static final String AS_OF = "as_of";

  private static final String ROWS = "kith_given";
  private static final String PAIRS = "kith_asked";
  private static final String BOUNDS = "kith_bounds";
  private static final String SECTION = "kith_section";
  private static final String PART = "kith_part";
  private static final String ANSWER = "kith_answer_";
  private static final String KEY = "kith_key";
  private static final String INSTANT = "kith_instant";
  private static final String POSITION = "kith_position";

  private final Session session;
  private final ZoneId zone;
  private final StandingCopies copies;
  private final Portions portions;

  /**
   * @param session in which the inputs of the plan are bound
   * @param zone the project's
   * @param copies that take the place of events
   */
  public Answering(Session session, ZoneId zone, StandingCopies copies) {
    this(session, zone, copies, Portions.DEFAULT);
  }

  Answering(Session session, ZoneId zone, StandingCopies copies, Portions portions) {
    this.session = session;
    this.zone = zone;
    this.copies = copies;
    this.portions = portions;
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
    Function<Instant, List<Instant>> rows = WindowBounds.rows(plan, zone);
    try (RowSink sink = session.stage(BOUNDS, WindowBounds.schema(plan));
        Rows instants = session.query("SELECT DISTINCT " + INSTANT + " FROM " + PAIRS)) {
      while (instants.next()) {
        Instant instant = (Instant) Objects.requireNonNull(instants.value(0));
        sink.add(rows.apply(instant).toArray());
      }
    }
  }

  /** A query of all pairs with their answers. */
  private String answers(Asked asked) {
    Map<String, Instant> completeUntil = new Completeness(session).of(asked.labels());
    copies.bind(session); // only now: up to when events are there is told by nobody's events too
    PairsQuery query =
        AsOfCompiler.compile(
            asked.plan(),
            new Instants.Pairs(PART, KEY, INSTANT, BOUNDS, asked.known(), SECTION),
            zone,
            completeUntil,
            copies.bound());
    query.once().forEach(this::materialise);
    List<String> answers = new ArrayList<>();
    for (Portions.Section section :
        portions.sections(session, PAIRS, KEY, POSITION, asked.plan().eventTables())) {
      // As a table, whose size the engine knows: it then looks events up among people.
      session.materialise(SECTION, "SELECT DISTINCT " + KEY + " FROM " + pairs(section.whole()));
      query.gathering().forEach(this::materialise);
      for (Portions.Range part : section.parts()) {
        session.bindView(
            TableName.of(PART), "SELECT " + KEY + ", " + INSTANT + " FROM " + pairs(part));
        query.steps().forEach(this::materialise);
        String answer = ANSWER + answers.size();
        session.materialise(answer, query.sql());
        query.steps().forEach(this::drop);
        answers.add("SELECT * FROM " + answer);
      }
      query.gathering().forEach(this::drop);
      session.drop(SECTION);
    }
    query.once().forEach(this::drop);
    session.drop(PAIRS);
    session.drop(BOUNDS);
    return String.join(" UNION ALL ", answers);
  }

  private void materialise(Step step) {
    session.materialise(step.name(), step.sql());
  }

  private void drop(Step step) {
    session.drop(step.name());
  }

  private static String pairs(Portions.Range range) {
    return "%s WHERE %s BETWEEN %d AND %d".formatted(PAIRS, POSITION, range.first(), range.last());
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

  private static long number(Rows rows, int column) {
    return ((Number) Objects.requireNonNull(rows.value(column))).longValue();
  }

  private static String quoted(String name) {
    return '"' + name + '"';
  }
}
