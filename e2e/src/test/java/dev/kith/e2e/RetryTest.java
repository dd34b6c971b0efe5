package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.e2e.KithCommand.Outcome;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that goes away for a moment costs a run a moment. */
class RetryTest {

  private static final int OUTSIDE = 4;

  private static EmbeddedPostgres database;

  @TempDir Path temporary;
  private FlakyServer server;
  private ProjectFolder project;

  @BeforeAll
  static void start() throws IOException, SQLException {
    database = EmbeddedPostgres.builder().start();
    execute("CREATE TABLE people (id int PRIMARY KEY, name text, born date)");
    execute(
        "INSERT INTO people SELECT i, repeat('n', 100), date '1970-01-01' + i"
            + " FROM generate_series(1, 5000) i");
  }

  @AfterAll
  static void stop() throws IOException {
    database.close();
  }

  @BeforeEach
  void before() throws IOException {
    server = FlakyServer.before(database.getPort());
    String url = "jdbc:postgresql://localhost:" + server.port() + "/postgres";
    project =
        ProjectFolder.at(temporary.resolve("project"))
            .file(
                "kith.yaml",
                """
                kith: 1
                name: people
                retries: {attempts: 3, wait: 20ms}
                connections:
                  hr: {url: "%s", user: postgres}
                """
                    .formatted(url))
            .file(
                "sources/people.yaml",
                """
                source: people
                kind: entity
                key: id
                from: {connection: hr, table: people}
                """)
            .file("tables/adults.sql", "SELECT id, name FROM people WHERE born < '2008-01-01'");
  }

  @AfterEach
  void after() {
    server.close();
  }

  @Test
  void connectionsThatAreCutAtOnceAreMadeAnew() {
    server.cut(0, 0);

    Outcome outcome = project.kith().succeed("run");

    assertThat(outcome.out()).contains("attempt 2 of 3").contains("attempt 3 of 3");
    assertPublished();
  }

  @Test
  void aConnectionThatIsCutInTheMiddleOfReadingIsReadFromItsStart() {
    project.kith().succeed("run");
    int before = server.connections();
    server.cut(200_000);

    Outcome outcome = project.kith().succeed("run");

    assertThat(outcome.out()).contains("the connection was lost").contains("attempt 2 of 3");
    assertThat(server.connections()).isEqualTo(before + 2);
    assertPublished();
  }

  @Test
  void afterTheLastAttemptTheRunFails() throws IOException {
    server.cut(0, 0, 0);

    Outcome outcome = project.kith().run("run");

    assertThat(outcome.exitCode()).isEqualTo(OUTSIDE);
    assertThat(outcome.err()).contains("error[I012]").contains("log: .kith/logs/");
    assertThat(server.connections()).isEqualTo(3);
    assertThat(Published.in(project.path())).isEmpty();
    project.kith().succeed("run");
    assertPublished();
  }

  @Test
  void whatWillNotPassIsTriedOnce() throws IOException {
    project.replace("kith.yaml", "user: postgres", "user: nobody, password: wrong");
    project.replace("sources/people.yaml", "table: people", "table: nothing");

    assertThat(project.kith().run("run").exitCode()).isNotZero();

    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void oneAttemptMeansNoOther() throws IOException {
    project.replace("kith.yaml", "attempts: 3", "attempts: 1");
    server.cut(0);

    assertThat(project.kith().run("run").exitCode()).isEqualTo(OUTSIDE);

    assertThat(server.connections()).isEqualTo(1);
  }

  private void assertPublished() {
    String count = "select count(*) as n, count(distinct id) as ids from people";
    assertThat(project.kith().succeed("query", count, "-f", "csv").out())
        .isEqualToIgnoringNewLines("n,ids5000,5000");
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = database.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
