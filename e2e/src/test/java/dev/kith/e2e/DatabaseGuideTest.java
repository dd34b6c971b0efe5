package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project of the guide to databases does with a real server what the guide says. */
class DatabaseGuideTest {

  private static final Path GUIDE = Path.of("../docs/how-to/databases.md");
  private static final Pattern FILE =
      Pattern.compile("(?ms)^```yaml\\n# (\\S+\\.yaml)\\n(.*?)^```$");

  @TempDir Path temporary;

  @Test
  void theProjectOfTheGuideReadsWhatItSays() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
      execute(
          server,
          "CREATE ROLE kith LOGIN",
          "CREATE TABLE orders (order_id bigint, ordered_at timestamptz, price numeric(10,2))",
          "CREATE TABLE customers (customer_id int, name text)",
          "CREATE TABLE stock_movements (shop text, product text, quantity int)",
          "GRANT SELECT ON ALL TABLES IN SCHEMA public TO kith",
          "INSERT INTO orders VALUES (5000, '2026-01-01 10:00+00', 6.5)",
          "INSERT INTO customers VALUES (1, 'Ada'), (2, 'Bo')",
          "INSERT INTO stock_movements VALUES ('Harbour', 'Mug', 7), ('Harbour', 'Mug', -2)");
      KithCommand kith = guide(server).kith().with("SHOP_DB_PASSWORD", "sesame");
      assertThat(kith.succeed("run").out()).contains("Published release 1");
      assertThat(csv(kith, "select shop, product, quantity from stock")).contains("Harbour,Mug,5");

      execute(
          server,
          "INSERT INTO orders VALUES (4500, '2026-01-01 09:00+00', 1), (5001, '2026-01-02', 2)",
          "INSERT INTO orders VALUES (3999, '2026-01-01 09:00+00', 1)",
          "DELETE FROM customers WHERE customer_id = 2");
      kith.succeed("run");

      assertThat(csv(kith, "select order_id from orders order by all"))
          .as("those below the lookback are not read")
          .isEqualToNormalizingNewlines("order_id\n4500\n5000\n5001\n");
      assertThat(csv(kith, "select name from customers")).contains("Ada").doesNotContain("Bo");
      assertThat(csv(kith, "select name from customers_history where valid_to is not null"))
          .contains("Bo");
      assertThat(kith.succeed("run").out()).contains("Everything is up to date");
    }
  }

  private ProjectFolder guide(EmbeddedPostgres server) throws IOException {
    ProjectFolder project = ProjectFolder.at(temporary.resolve("shop"));
    Matcher files = FILE.matcher(Files.readString(GUIDE));
    while (files.find()) {
      project.file(files.group(1), files.group(2));
    }
    return project.replace(
        "kith.yaml",
        "jdbc:postgresql://db.example.com/shop",
        "\"jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres\"");
  }

  private static void execute(EmbeddedPostgres server, String... statements) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String csv(KithCommand kith, String sql) {
    return kith.succeed("query", sql, "--format", "csv").out();
  }
}
