package dev.kith.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kith.model.FaultCategory;
import dev.kith.model.KithException;
import dev.kith.model.definition.ProjectSettings.Connection;
import dev.kith.model.definition.ProjectSettings.Secret;
import dev.kith.model.definition.SourceDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources in a real MariaDB. */
class MariaDbIngestionTest {

  private static final int NO_SUCH_THREAD = 1094;

  @TempDir static Path server;
  private static @Nullable MariaDbServer mariaDb;

  @TempDir Path project;
  private Bench bench;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    boolean installed =
        MariaDbServer.binary("mariadbd").isPresent()
            && MariaDbServer.binary("mariadb-install-db").isPresent();
    assertThat(installed || System.getenv("KITH_CI") == null)
        .as("a build server has MariaDB")
        .isTrue();
    assumeTrue(installed, "MariaDB is not installed here; .ci/run installs it");
    mariaDb = MariaDbServer.start(server);
  }

  @AfterAll
  static void stop() {
    if (mariaDb != null) {
      mariaDb.close();
    }
  }

  @BeforeEach
  void open() {
    bench = new Bench(project);
    bench.connection(connection("shop", "root", "", "jdbc:mariadb:"));
    execute("DROP DATABASE IF EXISTS t", "CREATE DATABASE t");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private static MariaDbServer running() {
    MariaDbServer running = mariaDb;
    if (running == null) {
      throw new IllegalStateException("MariaDB was not started");
    }
    return running;
  }

  private static Connection connection(String name, String user, String password, String scheme) {
    return new Connection(
        name,
        running().url().replace("jdbc:mariadb:", scheme),
        Optional.of(user),
        Optional.of(new Secret(password)),
        Map.of(),
        List.of());
  }

  private static void execute(String... statements) {
    try (java.sql.Connection connection = running().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET sql_mode = '', time_zone = '+03:00'");
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void typesAreMappedFaithfully() {
    execute(
        """
        CREATE TABLE t.x (
          id BIGINT UNSIGNED, tiny TINYINT, yes TINYINT(1), number INT UNSIGNED, exact DECIMAL(12,2),
          big DECIMAL(50,3), real8 DOUBLE, words VARCHAR(20) CHARACTER SET utf8mb4, mood ENUM('sad','glad'),
          tags SET('a','b'), doc JSON, raw VARBINARY(10), day DATE, tod TIME(6), local DATETIME(6),
          moment TIMESTAMP NULL, y YEAR, flags BIT(8), one BIT(1))""",
        """
        INSERT INTO t.x VALUES (18446744073709551615, -5, 1, 4294967295, 12.30, 12345678901234567890.125,
          0.1, 'ä😀', 'glad', 'a,b', '{"a": 1.50}', x'00ff', '2024-02-29', '12:30:15.123456',
          '2024-03-31 01:30:00.123456', '2024-03-31 01:30:00', 2024, b'101', b'1')""",
        "INSERT INTO t.x (id) VALUES (2)");
    SourceDefinition source = Definitions.entity("id").table("shop", "t.x").build();

    IngestReport report = bench.run(source);

    assertThat(bench.columns(report))
        .startsWith(
            "id DECIMAL(20,0)",
            "tiny INTEGER",
            "yes BOOLEAN",
            "number BIGINT",
            "exact DECIMAL(12,2)",
            "big DECIMAL(38,10)",
            "real8 DOUBLE",
            "words VARCHAR",
            "mood VARCHAR",
            "tags VARCHAR",
            "doc VARCHAR",
            "raw BLOB",
            "day DATE",
            "tod TIME",
            "local TIMESTAMP",
            "moment TIMESTAMP WITH TIME ZONE",
            "y INTEGER",
            "flags BLOB",
            "one BOOLEAN");
    assertThat(
            bench.query(
                report,
                """
                SELECT id, tiny, yes, number, exact, big, real8, words, mood, tags, doc, hex(raw), day, tod,
                  local, moment, y, hex(flags), one FROM rows ORDER BY id DESC"""))
        .containsExactly(
            "18446744073709551615|-5|true|4294967295|12.30|12345678901234567890.1250000000|0.1|ä😀"
                + "|glad|a,b|{\"a\": 1.50}|00FF|2024-02-29|12:30:15.123456"
                + "|2024-03-31T01:30:00.123456|2024-03-30T22:30:00Z|2024|05|true",
            "2" + "|null".repeat(18));
  }

  @Test
  void zeroDatesAreNullAndOtherImpossibleTimesAreDiverted() {
    execute(
        "CREATE TABLE t.x (id INT, day DATE, tod TIME)",
        "INSERT INTO t.x VALUES (1, '0000-00-00', '10:00'), (2, '2024-01-01', '838:59:59')");
    SourceDefinition source = Definitions.events().id("id").table("shop", "t.x").build();

    IngestReport report = bench.run(source);

    assertThat(bench.query(report, "SELECT id, day, tod FROM rows"))
        .containsExactly("1|null|10:00");
    assertThat(bench.query(report, "SELECT column_name, reason FROM rejected"))
        .containsExactly("tod|column 'tod': '838:59:59' is not a TIME");
  }

  @Test
  void newAndChangedRowsArePickedUpOnce() {
    execute(
        "CREATE TABLE t.x (id INT, v TEXT, changed TIMESTAMP(6) NULL)",
        "INSERT INTO t.x VALUES (1, 'a', '2024-01-01 10:00'), (2, 'a', '2024-01-01 11:00')");
    bench.connection(connection("shop", "root", "", "jdbc:mysql:"));
    SourceDefinition source =
        Definitions.entity("id").changedAt("changed").table("shop", "t.x", "changed", "1h").build();
    bench.run(source);
    assertThat(bench.run(source).committed()).isFalse();
    execute(
        "INSERT INTO t.x VALUES (3, 'late', '2024-01-01 10:30')",
        "UPDATE t.x SET v = 'b', changed = '2024-01-01 12:00' WHERE id = 1");

    IngestReport report = bench.run(source);

    assertThat(report.counts().added()).isEqualTo(1);
    assertThat(report.counts().updated()).isEqualTo(1);
    assertThat(
            bench.query(
                report, "SELECT id, v, valid_from, valid_to FROM rows ORDER BY id, valid_from"))
        .containsExactly(
            "1|a|0001-01-01T00:00:00Z|2024-01-01T09:00:00Z",
            "1|b|2024-01-01T09:00:00Z|null",
            "2|a|0001-01-01T00:00:00Z|null",
            "3|late|0001-01-01T00:00:00Z|null");
  }

  @Test
  void aWrongPasswordIsSaidWithoutThePassword() {
    execute("CREATE OR REPLACE USER ann@'127.0.0.1' IDENTIFIED BY 'right'");
    bench.connection(connection("closed", "ann", "sesame-1234", "jdbc:mariadb:"));

    assertThatThrownBy(() -> bench.run(Definitions.events().table("closed", "t.x").build()))
        .asInstanceOf(type(KithException.class))
        .satisfies(
            e -> {
              assertThat(e.category()).isEqualTo(FaultCategory.OUTSIDE);
              assertThat(e.code().id()).isEqualTo("I011");
              assertThat(e).hasMessageNotContaining("sesame");
            });
  }

  @Test
  void aDatabaseThatGoesAwayInTheMiddleLeavesNothing() {
    execute(
        "CREATE TABLE t.x (id INT, pad VARCHAR(300))",
        "INSERT INTO t.x SELECT seq, repeat('x', 300) FROM t.seq_1_to_100000");
    SourceDefinition source = Definitions.entity("id").table("shop", "t.x").build();
    IngestListener killer = (name, what, rows) -> killEveryoneElse();

    assertThatThrownBy(() -> bench.run(source, killer))
        .asInstanceOf(type(KithException.class))
        .satisfies(e -> assertThat(e.code().id()).isEqualTo("I012"))
        .satisfies(e -> assertThat(e.category()).isEqualTo(FaultCategory.OUTSIDE));

    assertThat(bench.warehouse.exists(SourceTables.of(source).rows())).isFalse();
    assertThat(bench.run(source).counts().added()).isEqualTo(100_000);
  }

  /** Rows that the driver holds already still arrive, so this may find its victims dying. */
  private static void killEveryoneElse() {
    try (java.sql.Connection connection = running().connect();
        Statement statement = connection.createStatement()) {
      List<Long> others = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT id FROM information_schema.processlist"
                  + " WHERE id <> connection_id() AND user = 'root'")) {
        while (rows.next()) {
          others.add(rows.getLong(1));
        }
      }
      for (long id : others) {
        kill(statement, id);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void kill(Statement statement, long id) throws SQLException {
    try {
      statement.execute("KILL " + id);
    } catch (SQLException e) {
      if (e.getErrorCode() != NO_SUCH_THREAD) {
        throw e;
      }
    }
  }
}
