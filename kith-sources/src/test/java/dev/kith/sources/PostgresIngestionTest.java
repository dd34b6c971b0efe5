package dev.kith.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.kith.model.FaultCategory;
import dev.kith.model.KithException;
import dev.kith.model.definition.ProjectSettings.Connection;
import dev.kith.model.definition.ProjectSettings.Secret;
import dev.kith.model.definition.SourceDefinition;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources in a real PostgreSQL. */
class PostgresIngestionTest {

  private static EmbeddedPostgres postgres;

  @TempDir Path project;
  private Bench bench;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.builder().start();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void open() {
    bench = new Bench(project);
    bench.connection(connection("shop", "postgres", postgres.getJdbcUrl("postgres", "postgres")));
    execute("DROP SCHEMA IF EXISTS t CASCADE", "CREATE SCHEMA t");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private static Connection connection(String name, String user, String url) {
    return new Connection(
        name, url, Optional.of(user), Optional.of(new Secret("sesame-1234")), Map.of(), List.of());
  }

  private static void execute(String... statements) {
    try (java.sql.Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(String query) {
    try (java.sql.Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        java.sql.ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void typesAreMappedFaithfully() {
    execute(
        "CREATE TYPE t.mood AS ENUM ('sad', 'glad')",
        """
        CREATE TABLE t.x (
          id bigint, small smallint, number integer, exact numeric(12,2), free numeric, big numeric(60,2),
          real4 real, real8 double precision, yes boolean, words text, code varchar(5), mood t.mood,
          doc jsonb, uid uuid, raw bytea, day date, tod time, local timestamp, moment timestamptz,
          ints int[], texts text[], span interval, host inet)""",
        """
        INSERT INTO t.x VALUES (9007199254740993, 7, -5, 12.30, 3.14159265358979, 12345678901234567890.12,
          1.5, 0.1, true, 'ä''"', 'abc', 'glad', '{"a": 1.50}', '550e8400-e29b-41d4-a716-446655440000',
          '\\x00ff', '2024-02-29', '12:30:15.123456', '2024-03-31 01:30:00.123456', '2024-03-31 01:30:00+02',
          '{1,NULL,3}', '{a,"b,c"}', '1 day', '10.0.0.1')""",
        "INSERT INTO t.x (id) VALUES (2)");
    SourceDefinition source = Definitions.entity("id").table("shop", "t.x").build();

    IngestReport report = bench.run(source);

    assertThat(bench.columns(report))
        .startsWith(
            "id BIGINT",
            "small INTEGER",
            "number INTEGER",
            "exact DECIMAL(12,2)",
            "free DECIMAL(38,14)",
            "big DECIMAL(38,10)",
            "real4 FLOAT",
            "real8 DOUBLE",
            "yes BOOLEAN",
            "words VARCHAR",
            "code VARCHAR",
            "mood VARCHAR",
            "doc VARCHAR",
            "uid UUID",
            "raw BLOB",
            "day DATE",
            "tod TIME",
            "local TIMESTAMP",
            "moment TIMESTAMP WITH TIME ZONE",
            "ints INTEGER[]",
            "texts VARCHAR[]",
            "span VARCHAR",
            "host VARCHAR");
    assertThat(
            bench.query(
                report,
                """
                SELECT id, small, number, exact, free, big, real4, real8, yes, words, code, mood, doc, uid,
                  hex(raw), day, tod, local, moment, ints, texts, span, host, _origin
                FROM rows ORDER BY id DESC"""))
        .containsExactly(
            "9007199254740993|7|-5|12.30|3.14159265358979|12345678901234567890.1200000000|1.5|0.1|true"
                + "|ä'\"|abc|glad|{\"a\": 1.50}|550e8400-e29b-41d4-a716-446655440000|00FF|2024-02-29"
                + "|12:30:15.123456|2024-03-31T01:30:00.123456|2024-03-30T23:30:00Z|[1, null, 3]|[a, b,c]"
                + "|1 day|10.0.0.1|shop.t.x#1",
            "2|" + "null|".repeat(22) + "shop.t.x#2");
  }

  @Test
  void whatDoesNotFitIsDivertedOnce() {
    execute(
        "CREATE TABLE t.x (id int, at timestamptz)",
        "INSERT INTO t.x VALUES (1, '2024-01-01Z'), (2, 'infinity')");
    SourceDefinition source = Definitions.events().at("at").id("id").table("shop", "t.x").build();
    IngestReport first = bench.run(source);
    IngestReport second = bench.run(source);

    assertThat(bench.query(second, "SELECT id FROM rows")).containsExactly("1");
    assertThat(bench.query(second, "SELECT reason, _batch FROM rejected"))
        .singleElement()
        .asString()
        .contains("column 'at'")
        .endsWith("|run1/s");
    assertThat(second.committed()).isFalse();
    assertThat(second.rows()).isEqualTo(first.rows());
  }

  @Test
  void aCursorFindsNewAndChangedRowsOnceAlsoAtTheSamePosition() {
    execute(
        "CREATE TABLE t.x (id int, v text, changed timestamp)",
        "INSERT INTO t.x VALUES (1, 'a', '2024-01-01 10:00'), (2, 'a', '2024-01-01 11:00')");
    SourceDefinition source =
        Definitions.entity("id").changedAt("changed").table("shop", "t.x", "changed").build();
    bench.run(source);
    IngestReport nothing = bench.run(source);
    assertThat(nothing.committed()).isFalse();
    execute(
        "INSERT INTO t.x VALUES (3, 'tie', '2024-01-01 11:00')",
        "UPDATE t.x SET v = 'b', changed = '2024-01-01 12:00' WHERE id = 1",
        "INSERT INTO t.x VALUES (4, 'no position', NULL)");

    IngestReport report = bench.run(source);

    assertThat(report.counts().read()).isEqualTo(4);
    assertThat(report.counts().added()).isEqualTo(2);
    assertThat(report.counts().updated()).isEqualTo(1);
    assertThat(report.counts().duplicates()).isEqualTo(1);
    assertThat(bench.query(report, "SELECT id, v FROM rows WHERE valid_to IS NULL ORDER BY id"))
        .containsExactly("1|b", "2|a", "3|tie", "4|no position");
    assertThat(bench.run(source).committed()).isFalse();
  }

  @Test
  void eventsWithoutAnIdAreNeitherLostNorDoubledAtTheCursorsPosition() {
    execute(
        "CREATE TABLE t.x (n int, seq numeric)",
        "INSERT INTO t.x VALUES (1, 1), (2, 2.5), (2, 2.5)");
    SourceDefinition source = Definitions.events().table("shop", "t.x", "seq").build();
    bench.run(source);
    execute("INSERT INTO t.x VALUES (2, 2.5), (7, 2.5), (8, 3)");

    bench.run(source);
    IngestReport report = bench.run(source);

    assertThat(report.committed()).isFalse();
    assertThat(bench.query(report, "SELECT n, count(*) FROM rows GROUP BY ALL ORDER BY ALL"))
        .containsExactly("1|1", "2|3", "7|1", "8|1");
  }

  @Test
  void lookbackReadsWhatCameLate() {
    execute("CREATE TABLE t.x (id int, seq int)", "INSERT INTO t.x VALUES (1, 10), (2, 20)");
    SourceDefinition source =
        Definitions.events().id("id").table("shop", "t.x", "seq", "5").build();
    bench.run(source);
    execute("INSERT INTO t.x VALUES (3, 16), (4, 14)");

    IngestReport report = bench.run(source);

    assertThat(bench.query(report, "SELECT id FROM rows ORDER BY id"))
        .containsExactly("1", "2", "3");
    assertThatThrownBy(
            () -> bench.run(Definitions.events().table("shop", "t.x", "seq", "5").build("other")))
        .hasMessageContaining("Cannot look back");
  }

  @Test
  void wholeSnapshotsShowDeletesAndReturns() {
    execute(
        "CREATE TABLE t.x (id int, v text)", "INSERT INTO t.x VALUES (1, 'a'), (2, 'a'), (3, 'a')");
    SourceDefinition source = Definitions.entity("id").table("shop", "t.x").build();
    bench.run(source);
    execute("DELETE FROM t.x WHERE id = 2", "UPDATE t.x SET v = 'b' WHERE id = 3");
    IngestReport second = bench.run(source);
    execute("INSERT INTO t.x VALUES (2, 'a')");
    IngestReport third = bench.run(source);

    assertThat(second.counts().deleted()).isEqualTo(1);
    assertThat(second.counts().updated()).isEqualTo(1);
    assertThat(
            bench.query(
                third,
                "SELECT id, v, valid_from, valid_to, _since_ever FROM rows ORDER BY id, valid_from"))
        .containsExactly(
            "1|a|0001-01-01T00:00:00Z|null|true",
            "2|a|0001-01-01T00:00:00Z|2024-06-01T12:01:00Z|true",
            "2|a|2024-06-01T12:02:00Z|null|false",
            "3|a|0001-01-01T00:00:00Z|2024-06-01T12:01:00Z|true",
            "3|b|2024-06-01T12:01:00Z|null|false");
    assertThat(bench.run(source).committed()).isFalse();
  }

  @Test
  void aQueryIsASource() {
    execute("CREATE TABLE t.x (id int)", "INSERT INTO t.x SELECT * FROM generate_series(1, 20000)");
    SourceDefinition source =
        Definitions.events().query("shop", "SELECT id, id % 2 AS odd FROM t.x;", "id").build();

    IngestReport report = bench.run(source);

    assertThat(bench.query(report, "SELECT sum(odd), count(*), min(_origin) FROM rows"))
        .containsExactly("10000|20000|shop#1");
  }

  @Test
  void aWrongPasswordIsSaidWithoutThePassword() throws IOException {
    execute("DROP ROLE IF EXISTS ann", "CREATE ROLE ann LOGIN PASSWORD 'right'");
    Path rules = Path.of(text("SHOW hba_file"));
    String before = Files.readString(rules);
    Files.writeString(rules, "host all ann 127.0.0.1/32 scram-sha-256\n" + before);
    execute("SELECT pg_reload_conf()");
    bench.connection(
        connection(
            "closed",
            "ann",
            "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(postgres.getPort())));
    SourceDefinition source = Definitions.events().table("closed", "t.x").build();

    assertThatThrownBy(() -> bench.run(source))
        .asInstanceOf(type(KithException.class))
        .satisfies(
            e -> {
              assertThat(e.category()).isEqualTo(FaultCategory.OUTSIDE);
              assertThat(e.code().id()).isEqualTo("I011");
              assertThat(e).hasMessageContaining("closed").hasMessageNotContaining("sesame");
            });
  }

  @Test
  void anUnreachableDatabaseAndAnUnknownTableAreToldApart() {
    bench.connection(connection("nowhere", "x", "jdbc:postgresql://127.0.0.1:1/x"));

    assertThatThrownBy(() -> bench.run(Definitions.events().table("nowhere", "t.x").build()))
        .asInstanceOf(type(KithException.class))
        .satisfies(e -> assertThat(e.code().id()).isEqualTo("I012"))
        .satisfies(e -> assertThat(e.category()).isEqualTo(FaultCategory.OUTSIDE));
    assertThatThrownBy(() -> bench.run(Definitions.events().table("shop", "t.none").build()))
        .asInstanceOf(type(KithException.class))
        .satisfies(e -> assertThat(e.code().id()).isEqualTo("I013"))
        .satisfies(e -> assertThat(e.category()).isEqualTo(FaultCategory.PROJECT));
  }

  @Test
  void aDatabaseThatGoesAwayInTheMiddleLeavesNothing() {
    execute(
        "CREATE TABLE t.x (id int, pad text)",
        "INSERT INTO t.x SELECT g, repeat('x', 200) FROM generate_series(1, 100000) g");
    SourceDefinition source = Definitions.entity("id").table("shop", "t.x").build();
    IngestListener killer =
        (name, what, rows) ->
            execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                    + " AND query LIKE '%FROM \"t\".\"x\"%'");

    assertThatThrownBy(() -> bench.run(source, killer))
        .asInstanceOf(type(KithException.class))
        .satisfies(e -> assertThat(e.code().id()).isEqualTo("I012"))
        .satisfies(e -> assertThat(e.category()).isEqualTo(FaultCategory.OUTSIDE));

    assertThat(bench.warehouse.exists(SourceTables.of(source).rows())).isFalse();
    assertThat(bench.run(source).counts().added()).isEqualTo(100_000);
  }
}
