package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The retail shop's data in real database servers give the tables that they give as files, and so
 * do the rows that are added and changed there later.
 */
class DatabaseTest {

  private static final String CURSOR = "LineNo";

  @TempDir static Path shared;
  @TempDir Path temporary;

  private static RetailData data;
  private static Map<String, List<String>> first;
  private static Map<String, List<String>> second;

  @BeforeAll
  static void fromFiles() throws IOException {
    data = RetailData.sample();
    ProjectFolder project = RetailData.project(shared.resolve("files"));
    RetailData.source(project, "online_retail", "files: data/online_retail*.csv");
    RetailData.source(project, "countries", "files: data/countries*.csv");
    project.file("data/online_retail-1.csv", RetailData.csv(RetailData.LINES, data.firstLines()));
    project.file("data/countries-1.csv", RetailData.csv(RetailData.COUNTRIES, data.countries()));
    project.kith().succeed("run");
    first = Published.withoutOrigins(project.path());
    project.file("data/online_retail-2.csv", RetailData.csv(RetailData.LINES, data.laterLines()));
    project.file(
        "data/countries-2.csv", RetailData.csv(RetailData.COUNTRIES, data.changedCountries()));
    project.kith().succeed("run");
    second = Published.withoutOrigins(project.path());
    assertThat(rows(first, "online_retail")).hasSizeGreaterThan(10_000);
    assertThat(rows(second, "online_retail"))
        .hasSizeGreaterThan(rows(first, "online_retail").size());
    assertThat(rows(second, "countries_history"))
        .hasSize(rows(first, "countries_history").size() + 1);
  }

  @Test
  void postgreSql() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
      check(server.getJdbcUrl("postgres", "postgres"), "postgres", "timestamp", '"');
    }
  }

  @Test
  void mariaDb() throws Exception {
    try (MariaDbServer server = MariaDbServer.start(temporary.resolve("mariadb"))) {
      check(server.url(), MariaDbServer.USER, "datetime", '`');
    }
  }

  private void check(String url, String user, String timestamp, char quote)
      throws IOException, SQLException {
    ProjectFolder project = RetailData.project(temporary.resolve("project"));
    project.replace(
        "kith.yaml",
        "as_of: data",
        "as_of: data\nconnections:\n  shop: {url: \"" + url + "\", user: " + user + "}");
    RetailData.source(
        project, "online_retail", "connection: shop, table: online_retail, cursor: " + CURSOR);
    RetailData.source(project, "countries", "connection: shop, table: countries");
    try (Connection connection = DriverManager.getConnection(url, user, "")) {
      RetailTables tables = new RetailTables(connection, quote);
      tables.create(timestamp);
      tables.insertLines(data.firstLines());
      tables.insertCountries(data.countries());
      project.kith().succeed("run");
      assertSame(Published.withoutOrigins(project.path()), first);
      assertThat(project.kith().succeed("run").out()).contains("Everything is up to date");

      tables.insertLines(data.laterLines());
      tables.updateCountries(data.changedCountries());
      project.kith().succeed("run");
      assertSame(Published.withoutOrigins(project.path()), second);
      assertThat(project.kith().succeed("run").out()).contains("Everything is up to date");
    }
  }

  private static void assertSame(
      Map<String, List<String>> found, Map<String, List<String>> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (table, rows) -> {
          List<String> others = rows(found, table);
          assertThat(others).as(table).hasSameSizeAs(rows);
          for (int row = 0; row < rows.size(); row++) {
            assertThat(others.get(row)).as(table).isEqualTo(rows.get(row));
          }
        });
  }

  private static List<String> rows(Map<String, List<String>> tables, String name) {
    return tables.getOrDefault(name, List.of());
  }
}
