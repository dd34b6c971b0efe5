package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.e2e.KithCommand.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Output for people and for programs. */
class OutputTest {

  private static final String ESCAPE = "\u001b[";
  private static final String CLEAR = ESCAPE + "K"; // a line is rewritten; no colour
  private static final String NAMES = "select customer_id, name, spend from customer order by 1";

  @TempDir static Path temporary;

  private static ProjectFolder built;

  @BeforeAll
  static void build() throws IOException {
    built = ShopProject.firstInput(temporary.resolve("shop"));
    built.kith().succeed("run");
  }

  @Test
  void tablesKeepWideCharactersInLine() {
    String out = built.kith().succeed("query", NAMES).out();
    assertThat(out).contains("두리").contains("(3 rows)").doesNotContain(ESCAPE);
  }

  @Test
  void aTerminalHasColoursUnlessTheyAreNotWanted() throws IOException {
    ProjectFolder project = built.copyTo(temporary.resolve("colours"));
    KithCommand terminal = project.kith().with("KITH_TERMINAL", "100");
    assertThat(terminal.succeed("run").out()).contains(ESCAPE + "1m");
    assertThat(terminal.succeed("query", NAMES).out()).contains(ESCAPE);
    KithCommand plain = terminal.with("NO_COLOR", "1");
    assertThat(plain.succeed("query", NAMES).out()).doesNotContain(ESCAPE);
    assertThat(plain.run("query", "select x").err().replace(CLEAR, "")).doesNotContain(ESCAPE);
    assertThat(plain.succeed("run").out().replace(CLEAR, "")).doesNotContain(ESCAPE);
  }

  @Test
  void quietRunsSayNothing() throws IOException {
    ProjectFolder project = built.copyTo(temporary.resolve("quiet"));
    ShopProject.secondInput(project);
    Outcome outcome = project.kith().succeed("run", "--quiet");
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void jsonHoldsTypesAndText() {
    String out = built.kith().succeed("query", NAMES, "--format", "json").out();
    assertThat(out)
        .startsWith("[\n{")
        .endsWith("}\n]\n")
        .contains("{\"customer_id\":1,\"name\":\"Anna\",\"spend\":73.90}")
        .contains("\"name\":\"두리\"");
  }

  @Test
  void csvIsQuotedWhereNeeded() {
    String sql = "select 'a,b' as x, NULL as y, '' as z, '🫖' as pot";
    String out = built.kith().succeed("query", sql.replace("NULL", "NULL::int"), "-f", "csv").out();
    assertThat(out.lines()).containsExactly("x,y,z,pot", "\"a,b\",,\"\",🫖");
  }

  @Test
  void parquetIsReadByOthers() throws IOException, SQLException {
    Path file = temporary.resolve("out.parquet");
    built.kith().succeed("query", NAMES, "--output", file.toString());
    assertThat(Files.size(file)).isPositive();
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT string_agg(name || ' ' || spend, ',' ORDER BY customer_id) FROM '"
                    + file
                    + "'")) {
      rows.next();
      assertThat(rows.getString(1)).isEqualTo("Anna 73.90,Bo 26.00,두리 37.90");
    }
  }

  @Test
  void parquetDoesNotGoToATerminal() {
    Outcome outcome = built.kith().run("query", NAMES, "--format", "parquet");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("--output");
  }

  @Test
  void oneProfileAsACardAndAsJson() {
    String card = built.kith().succeed("show", "customer", "3").out();
    assertThat(card).contains("customer 3").contains("두리").contains("Korea").contains("37.90");
    String json = built.kith().succeed("show", "customer", "3", "--format", "json").out();
    assertThat(json).contains("\"spend_30d\":37.90").contains("\"as_of\":\"2020-02-22T00:00:00Z\"");
  }

  @Test
  void theListShowsEveryTableWithItsRows() {
    String out = built.kith().succeed("ls").out();
    assertThat(out)
        .containsPattern("(?m)^customers +entity +3 .* 4 +just now")
        .containsPattern("(?m)^customers_history +history +3 .* 6 +just now")
        .containsPattern("(?m)^orders +events +5 ")
        .containsPattern("(?m)^orders_rejected +rejected +1 ")
        .containsPattern("(?m)^products +table +3 ")
        .containsPattern("(?m)^customer +profile +3 ");
  }
}
