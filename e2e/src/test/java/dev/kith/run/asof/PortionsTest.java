package dev.kith.run.asof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.engine.Engine;
import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.engine.duckdb.DuckDbEngine;
import dev.kith.engine.duckdb.DuckDbLimits;
import dev.kith.lake.Warehouse;
import dev.kith.lake.WarehouseLocation;
import dev.kith.measures.EventTable;
import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.run.asof.Portions.Range;
import dev.kith.run.asof.Portions.Section;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small portions of pairs whose people have few events, many or none, on the real engine. */
class PortionsTest {

  private static final int GATHERED = 300;
  private static final int JOINED = 2_000;
  private static final EventTable EVENTS =
      new EventTable(
          TableName.of("events"), "person", new Column("at", Primitive.INSTANT), List.of());

  @TempDir private Path project;

  private Warehouse warehouse;
  private Engine engine;
  private Session session;

  @BeforeEach
  void open() {
    warehouse = Warehouse.open(WarehouseLocation.of(project, Path.of("w")), Clock.systemUTC());
    engine = DuckDbEngine.open(warehouse, DuckDbLimits.of(project.resolve("temporary")));
    session = engine.open(ZoneOffset.UTC);
  }

  @AfterEach
  void close() {
    session.close();
    engine.close();
    warehouse.close();
  }

  @Test
  void everyPairIsInOnePartOfItsPersonsSection() {
    // Person p is asked for 1 to 30 times and has p * p events, but every third has none.
    session.materialise(
        "pairs",
        "SELECT p AS person, row_number() OVER (ORDER BY p, n) AS position FROM range(1, 101) AS t(p), range(30) AS u(n) WHERE n <= p % 30");
    session.materialise(
        "events",
        "SELECT p AS person FROM range(1, 101) AS t(p), range(10000) AS u(n) WHERE p % 3 > 0 AND n < p * p");

    List<Section> sections =
        new Portions(GATHERED, JOINED, Long.MAX_VALUE)
            .sections(session, "pairs", "person", "position", Set.of(EVENTS));

    assertThat(sections).hasSizeGreaterThan(20);
    long next = 1;
    for (Section section : sections) {
      Range whole = section.whole();
      assertThat(shared(session, whole)).as("people of %s and of others", whole).isZero();
      assertThat(events(session, whole) <= 2 * GATHERED || people(session, whole) <= 2)
          .as("events of %s", whole)
          .isTrue();
      for (Range part : section.parts()) {
        assertThat(part.first()).isEqualTo(next);
        next = part.last() + 1;
      }
    }
    assertThat(next - 1).isEqualTo(number(session, "SELECT count(*) FROM pairs"));
    assertThat(sections).anySatisfy(section -> assertThat(section.parts()).hasSizeGreaterThan(5));
  }

  @Test
  void aSampleStandsForManyEvents() {
    session.materialise(
        "pairs", "SELECT p AS person, p AS position FROM range(1, 2001) AS t(p) ORDER BY p");
    session.materialise(
        "events", "SELECT p AS person FROM range(1, 2001) AS t(p), range(200) AS u(n) ORDER BY p");

    List<Section> sections =
        new Portions(40_000, 1_000_000, 100_000)
            .sections(session, "pairs", "person", "position", Set.of(EVENTS));

    // 400,000 events, of which a quarter are counted, in blocks: 10 sections if all were.
    assertThat(sections).hasSizeBetween(4, 20);
    assertThat(sections.get(0).whole().first()).isEqualTo(1);
    assertThat(sections.get(sections.size() - 1).whole().last()).isEqualTo(2_000);
  }

  private static long shared(Session session, Range range) {
    return number(
        session,
        "SELECT count(*) FROM pairs WHERE %1$s AND person IN (SELECT person FROM pairs WHERE NOT %1$s)"
            .formatted(within(range)));
  }

  private static long events(Session session, Range range) {
    return number(
        session,
        "SELECT count(*) FROM events WHERE person IN (SELECT person FROM pairs WHERE %s)"
            .formatted(within(range)));
  }

  private static long people(Session session, Range range) {
    return number(
        session, "SELECT count(DISTINCT person) FROM pairs WHERE %s".formatted(within(range)));
  }

  private static String within(Range range) {
    return "(position BETWEEN %d AND %d)".formatted(range.first(), range.last());
  }

  private static long number(Session session, String sql) {
    try (Rows rows = session.query(sql)) {
      rows.next();
      return ((Number) Objects.requireNonNull(rows.value(0))).longValue();
    }
  }
}
