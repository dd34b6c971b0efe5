package dev.kith.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.model.KithException;
import dev.kith.model.definition.ProjectSettings.Connection;
import dev.kith.model.definition.SourceDefinition;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that Kith ships no driver for: SQLite, with less than others have of transactions. */
class OtherDatabaseTest {

  @TempDir Path project;
  private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(project);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private String url() {
    return "jdbc:sqlite:" + project.resolve("shop.db");
  }

  private void connection(List<String> driver) {
    bench.connection(
        new Connection("shop", url(), Optional.empty(), Optional.empty(), Map.of(), driver));
  }

  private void execute(String sql) throws SQLException {
    try (java.sql.Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void isReadByTheDriverThatTheConnectionNames() throws SQLException, URISyntaxException {
    execute("CREATE TABLE orders (id INTEGER, product TEXT, price REAL)");
    execute("INSERT INTO orders VALUES (1, 'Mug', 6.5), (2, '주전자', 24.9)");
    connection(
        List.of(
            Path.of(
                    org.sqlite
                        .JDBC
                        .class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString()));
    SourceDefinition source = Definitions.entity("id").table("shop", "orders", "id").build();
    bench.run(source);
    execute("INSERT INTO orders VALUES (3, 'Lantern', 18)");

    IngestReport report = bench.run(source);

    assertThat(report.counts().added()).isEqualTo(1);
    assertThat(bench.query(report, "SELECT id, product, price FROM rows ORDER BY id"))
        .containsExactly("1|Mug|6.5", "2|주전자|24.9", "3|Lantern|18.0");
  }

  @Test
  void aDriverThatIsNotThereIsSaid() {
    connection(List.of("lib/none.jar"));

    assertThatThrownBy(() -> bench.run(Definitions.entity("id").table("shop", "orders").build()))
        .isInstanceOf(KithException.class)
        .hasMessage("Cannot connect to 'shop': there is no driver lib/none.jar");
  }
}
