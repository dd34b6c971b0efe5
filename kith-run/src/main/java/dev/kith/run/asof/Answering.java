package dev.kith.run.asof;

import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.measures.AsOfCompiler;
import dev.kith.measures.CompiledQuery.Step;
import dev.kith.measures.DatasetPlan;
import dev.kith.measures.Instants;
import dev.kith.measures.PairsQuery;
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
import java.util.stream.Collectors;

/**
 * Joins given rows to a profile as it was at each row's instant.
 *
 * <p>The rows are put in the order of key and instant, and the different pairs of these are
 * answered in {@link Portions}; where their order matters, the rows go back to their places at the
 * end.
 */
public final class Answering {

  /** The column of the answer that tells whether the person existed. */
  public static final String EXISTS = DatasetPlan.EXISTS;

  /** The column with an instant that was given for all rows. */
  public static final String AS_OF = "as_of";

  private static final String ROWS = "kith_given";
  private static final String ASKED = "kith_asked";
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
    String answers = answers(asked, given);
    return new AsOfAnswer(
        session,
        rows(asked, given, answers),
        " ORDER BY " + GivenRows.NUMBER, // as they were given
        counts(answers));
  }

  /** Computes the answer; a query of its rows in any order, which may be run in the session. */
  String rows(Asked asked, GivenRows given) {
    return rows(asked, given, answers(asked, given));
  }

  private static String rows(Asked asked, GivenRows given, String answers) {
    List<String> columns = new ArrayList<>(passed(asked, given));
    columns.add(quoted(EXISTS));
    asked.columns().forEach(column -> columns.add(column.quotedName()));
    return "SELECT %s FROM (%s) AS a".formatted(String.join(", ", columns), answers);
  }

  /** The columns of the answer that are not computed. */
  private static List<String> passed(Asked asked, GivenRows given) {
    List<String> columns =
        new ArrayList<>(given.columns().columns().stream().map(Column::quotedName).toList());
    if (asked.at() instanceof InstantOfRow.Fixed) {
      columns.add(AS_OF);
    }
    return columns;
  }

  /** A query of all given rows with their answers, and with key, instant and number. */
  private String answers(Asked asked, GivenRows given) {
    requireFreeNames(given, asked.at(), asked.columns());
    String key = given.columns().column(asked.plan().key().name()).orElseThrow().quotedName();
    String instant = instant(given, asked.at());
    String fixed =
        asked.at() instanceof InstantOfRow.Fixed ? ", %s AS %s".formatted(instant, AS_OF) : "";
    session.bindView(
        TableName.of(ROWS),
        "SELECT *, %s AS %s, %s AS %s%s FROM %s"
            .formatted(key, KEY, instant, INSTANT, fixed, given.relation()));
    session.materialise(
        ASKED,
        "SELECT *, dense_rank() OVER (ORDER BY %1$s, %2$s) AS %3$s FROM %4$s WHERE %1$s IS NOT NULL AND %2$s IS NOT NULL"
            .formatted(KEY, INSTANT, POSITION, ROWS));
    List<String> columns = new ArrayList<>();
    passed(asked, given).forEach(column -> columns.add("g." + column));
    List.of(GivenRows.NUMBER, KEY, INSTANT).forEach(column -> columns.add("g." + column));
    String row = String.join(", ", columns);
    List<String> answers = answered(asked, row);
    answers.add(unanswered(asked, row));
    return String.join(" UNION ALL ", answers);
  }

  /** The rows that are about nobody, or about no instant. */
  private static String unanswered(Asked asked, String row) {
    String nothing =
        asked.columns().stream()
            .map(column -> ", NULL AS " + column.quotedName())
            .collect(Collectors.joining());
    return "SELECT %1$s, FALSE AS %2$s%3$s FROM %4$s AS g WHERE %5$s IS NULL OR %6$s IS NULL"
        .formatted(row, quoted(EXISTS), nothing, ROWS, KEY, INSTANT);
  }

  private static String instant(GivenRows given, InstantOfRow at) {
    if (at instanceof InstantOfRow.InColumn column) {
      String name = given.columns().column(column.name()).orElseThrow().quotedName();
      return "CASE WHEN isfinite(%1$s) THEN %1$s END".formatted(name); // infinity is no instant
    }
    return TimeLiterals.of(((InstantOfRow.Fixed) at).at());
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

  /**
   * Queries of the rows that are about somebody at an instant.
   *
   * @param row the columns of the rows, which are {@code g}
   */
  private List<String> answered(Asked asked, String row) {
    Map<String, Instant> completeUntil = new Completeness(session).of(asked.labels());
    copies.bind(session); // only now: up to when events are there is told by nobody's events too
    PairsQuery query =
        AsOfCompiler.compile(
            asked.plan(),
            new Instants.Pairs(PART, KEY, INSTANT, BOUNDS, asked.known(), SECTION),
            zone,
            completeUntil,
            copies.bound());
    Bounds bounds = new Bounds(session, asked.plan(), zone);
    bounds.prepare(ASKED, INSTANT);
    query.once().forEach(this::materialise);
    List<String> answers = new ArrayList<>();
    for (Portions.Section section : sections(asked)) {
      // As a table, whose size the engine knows: it then looks events up among people.
      session.materialise(SECTION, "SELECT DISTINCT " + KEY + " FROM " + asked(section.whole()));
      query.gathering().forEach(this::materialise);
      for (Portions.Range part : section.parts()) {
        session.bindView(
            TableName.of(PART), "SELECT " + KEY + ", " + INSTANT + " FROM " + asked(part));
        bounds.bind(BOUNDS, PART, INSTANT);
        query.steps().forEach(this::materialise);
        String answer = ANSWER + answers.size();
        session.materialise(answer, answer(asked, query, row, part));
        query.steps().forEach(this::drop);
        answers.add("SELECT * FROM " + answer);
      }
      query.gathering().forEach(this::drop);
      session.drop(SECTION);
    }
    query.once().forEach(this::drop);
    bounds.drop();
    session.drop(ASKED);
    return answers;
  }

  private List<Portions.Section> sections(Asked asked) {
    String pairs = "(SELECT DISTINCT %s, %s FROM %s)".formatted(KEY, POSITION, ASKED);
    return portions.sections(session, pairs, KEY, POSITION, asked.plan().eventTables());
  }

  /** The rows of a part, which may be more than its pairs. */
  private static String answer(Asked asked, PairsQuery query, String row, Portions.Range part) {
    String shown =
        asked.columns().stream()
            .map(column -> ", a." + column.quotedName())
            .collect(Collectors.joining());
    return "SELECT %s, a.%s%s FROM (SELECT * FROM %s) AS g JOIN (%s) AS a ON a.%s = g.%s AND a.%s = g.%s"
        .formatted(
            row,
            quoted(EXISTS),
            shown,
            asked(part),
            query.sql(),
            asked.plan().key().quotedName(),
            KEY,
            quoted(WindowBounds.AS_OF),
            INSTANT);
  }

  private void materialise(Step step) {
    session.materialise(step.name(), step.sql());
  }

  private void drop(Step step) {
    session.drop(step.name());
  }

  private static String asked(Portions.Range range) {
    return "%s WHERE %s BETWEEN %d AND %d".formatted(ASKED, POSITION, range.first(), range.last());
  }

  private AsOfAnswer.Counts counts(String answers) {
    String sql =
        "SELECT count(*), count(*) FILTER (%1$s IS NULL), count(*) FILTER (%1$s IS NOT NULL AND %2$s IS NULL), count(*) FILTER (%1$s IS NOT NULL AND %2$s IS NOT NULL AND NOT %3$s) FROM (%4$s) AS a"
            .formatted(KEY, INSTANT, quoted(EXISTS), answers);
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
