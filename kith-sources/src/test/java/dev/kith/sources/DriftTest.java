package dev.kith.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.SourceDefinition.FileOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources that change: their columns, their files, their definition. */
class DriftTest {

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

  private static List<String> codes(IngestReport report) {
    return report.warnings().stream().map(warning -> warning.code().id()).toList();
  }

  @Test
  void aNewColumnIsAddedAndReportedAndAMissingOneIsNull() {
    bench.file("1.csv", "id,a,b\n1,x,1\n");
    SourceDefinition source = Definitions.events("*.csv").build();
    bench.run(source);
    bench.file("2.csv", "c,b,id\n2.5,7,2\n");

    IngestReport report = bench.run(source);

    assertThat(bench.columns(report))
        .containsExactly("id BIGINT", "a VARCHAR", "b BIGINT", "c DOUBLE");
    assertThat(bench.query(report, "SELECT id, a, b, c FROM rows ORDER BY id"))
        .containsExactly("1|x|1|null", "2|null|7|2.5");
    assertThat(codes(report)).containsExactly("I014", "I015");
  }

  @Test
  void declaredColumnsStayInTheFilesOrder() {
    bench.file("1.csv", "id,a,b\n1,x,1\n");
    Definitions definition =
        Definitions.events("*.csv").column("gone", "DATE").column("b", "INTEGER");

    IngestReport report = bench.run(definition.build());

    assertThat(bench.columns(report))
        .containsExactly("id BIGINT", "a VARCHAR", "b INTEGER", "gone DATE");
    assertThat(bench.query(report, "SELECT id, a, b, gone FROM rows"))
        .containsExactly("1|x|1|null");
  }

  @Test
  void aJsonFieldThatAppearsInTheMiddleIsAColumnOfAllRows() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 30_000; i++) {
      text.append(
          i == 25_000
              ? "{\"id\":25000,\"late\":\"2024-01-01T00:00:00Z\"}\n"
              : "{\"id\":" + i + "}\n");
    }
    bench.file("a.ndjson", text.toString());

    IngestReport report = bench.run(Definitions.events("a.ndjson").build());

    assertThat(bench.columns(report)).containsExactly("id BIGINT", "late TIMESTAMP WITH TIME ZONE");
    assertThat(
            bench.query(
                report, "SELECT count(*), count(DISTINCT id), count(late), max(id) FROM rows"))
        .containsExactly("30000|30000|1|29999");
  }

  @Test
  void aRenamedColumnKeepsItsValues() {
    bench.file("1.csv", "id,old\n1,x\n");
    bench.run(Definitions.events("*.csv").build());
    bench.file("2.csv", "id,new\n2,y\n");
    bench.file("3.csv", "id,old\n3,z\n");

    IngestReport report =
        bench.run(Definitions.events("*.csv").column("new", null, null, "old").build());

    assertThat(bench.query(report, "SELECT id, \"new\" FROM rows ORDER BY id"))
        .containsExactly("1|x", "2|y", "3|z");
    assertThat(codes(report)).isEmpty();
  }

  @Test
  void declaredTypesHoldWithoutLoss() {
    bench.file(
        "a.csv",
        """
        id,n,d,day
        1,17850.0,2.50,31/12/2023
        2,1.5,2,01/01/2024
        3,7,2.505,01/01/2024
        4,99999999999999999999,1,01/01/2024
        5,1_000,1,01/01/2024
        6,8,1,2024-01-01
        """);

    IngestReport report =
        bench.run(
            Definitions.events("a.csv")
                .column("n", "bigint")
                .column("d", "decimal(9,2)")
                .column("day", "date", "%d/%m/%Y", null)
                .build());

    assertThat(bench.query(report, "SELECT id, n, d, day FROM rows"))
        .containsExactly("1|17850|2.50|2023-12-31");
    assertThat(bench.query(report, "SELECT column_name FROM rejected ORDER BY _origin"))
        .containsExactly("n", "d", "n", "n", "day");
  }

  @Test
  void aRemovedFileIsIgnoredOrTakesItsRowsAlong() throws IOException {
    bench.file("1.csv", "id\n1\n");
    bench.file("2.csv", "id\n2\n");
    SourceDefinition ignoring = Definitions.events("*.csv").build();
    SourceDefinition deleting = Definitions.events("*.csv").deleteRemoved().build("deleting");
    bench.run(ignoring);
    bench.run(deleting);
    Files.delete(project.resolve("1.csv"));
    bench.file("3.csv", "id\n3\n");

    assertThat(bench.query(bench.run(ignoring), "SELECT id FROM rows ORDER BY id"))
        .containsExactly("1", "2", "3");
    IngestReport report = bench.run(deleting);
    assertThat(bench.query(report, "SELECT id FROM rows ORDER BY id")).containsExactly("2", "3");
    assertThat(report.counts().deleted()).isEqualTo(1);
    assertThat(bench.run(deleting).committed()).isFalse();

    bench.file("1.csv", "id\n1\n");
    assertThat(bench.run(ignoring).committed()).isFalse();
  }

  @Test
  void aFileUnderAnotherNameReplacesItsRows() throws IOException {
    for (SourceDefinition source :
        List.of(
            Definitions.events("e*.csv").id("id").at("at").deleteRemoved().build("touched"),
            Definitions.events("e*.csv").id("id").at("at").global().deleteRemoved().build("global"),
            Definitions.entity("id", "e*.csv").deleteRemoved().build("entity"))) {
      bench.file("e1.csv", "id,at,n\n1,2024-01-01,5\n2,2024-01-01,6\n");
      bench.run(source);
      Files.delete(project.resolve("e1.csv"));
      bench.file("e2.csv", "id,at,n\n1,2024-01-01,5\n2,2024-01-01,7\n3,2024-01-02,8\n");

      IngestReport report = bench.run(source);

      assertThat(report.counts().rejected()).isZero();
      assertThat(bench.query(report, "SELECT id, n, _origin FROM rows ORDER BY id"))
          .as(source.name().toString())
          .containsExactly("1|5|e2.csv:2", "2|7|e2.csv:3", "3|8|e2.csv:4");
      Files.delete(project.resolve("e2.csv"));
    }
  }

  @Test
  void aChangedKeyOrTypeMakesANewTableIfTheInputIsStillThere() throws IOException {
    bench.file("1.csv", "id,n\n1,5\n");
    IngestReport first = bench.run(Definitions.events("*.csv").build());
    SourceDefinition changed = Definitions.events("*.csv").column("n", "decimal(9,2)").build();
    IngestReport second = bench.run(changed);
    assertThat(second.rows()).isNotEqualTo(first.rows());
    assertThat(bench.query(second, "SELECT n FROM rows")).containsExactly("5.00");

    Files.delete(project.resolve("1.csv"));
    bench.file("2.csv", "id,n\n1,5\n");
    assertThatThrownBy(() -> bench.run(Definitions.events("*.csv").column("n", "varchar").build()))
        .hasMessageContaining("1.csv is gone");
  }

  @Test
  void aFileWithoutTheNamedColumnsIsRefused() {
    bench.file("a.csv", "when,x\n2024-01-01,1\n");

    assertThatThrownBy(() -> bench.run(Definitions.events("a.csv").at("happened").build()))
        .hasMessageContaining("Cannot find column 'happened' in a.csv");
    assertThatThrownBy(() -> bench.run(Definitions.events("a.csv").at("x").build()))
        .hasMessageContaining("as a time");
  }

  @Test
  void globalDeduplicationLooksAtTheIdAlone() {
    bench.file("1.csv", "id,at,x\n1,2024-01-01,a\n");
    SourceDefinition source = Definitions.events("*.csv").at("at").id("id").global().build();
    bench.run(source);
    bench.file("2.csv", "id,at,x\n1,2024-05-01,a\n1,2024-05-02,b\n2,2024-05-02,b\n");

    IngestReport report = bench.run(source);

    assertThat(report.counts().added()).isEqualTo(1);
    assertThat(report.counts().duplicates()).isEqualTo(1);
    assertThat(report.counts().rejected()).isEqualTo(1);
  }

  @Test
  void optionsSayHowTextIsWritten() {
    bench.file("a.txt", "1;'a;b';NA;1,5\n2;'it''s';x;NA\n");
    FileOptions options =
        new FileOptions(
            Optional.empty(),
            Optional.of("'"),
            Optional.of(false),
            Optional.empty(),
            Optional.of(List.of("NA")),
            Optional.empty(),
            Optional.empty());
    SourceDefinition source =
        Definitions.events("a.txt")
            .format(SourceDefinition.FileFormat.CSV)
            .options(options)
            .column("id", "int")
            .column("name", "text")
            .build();

    IngestReport report = bench.run(source);

    assertThat(bench.query(report, "SELECT id, name, column2, column3 FROM rows ORDER BY id"))
        .containsExactly("1|a;b|null|1,5", "2|it's|x|null");
    assertThat(bench.columns(report))
        .containsExactly("id INTEGER", "name VARCHAR", "column2 VARCHAR", "column3 VARCHAR");
  }

  @Test
  void rejectedRowsOfARunThatWasKilledAreNotSeenTwice() {
    bench.file("1.csv", "id\n1\nx\n".repeat(1));
    SourceDefinition source = Definitions.events("*.csv").column("id", "bigint").build();
    bench.run(source);
    IngestReport before = bench.run(source);
    // What a run leaves that is killed between its two commits.
    bench.rejectOnly(source, "killed/s", "an orphan");
    bench.file("2.csv", "id\n2\ny\n");

    IngestReport after = bench.run(source);

    assertThat(before.committed()).isFalse();
    assertThat(bench.query(after, "SELECT raw FROM rejected ORDER BY raw"))
        .containsExactly("x", "y");
    bench.rejectOnly(source, "killed/s", "another");
    assertThat(bench.query(bench.run(source), "SELECT raw FROM rejected ORDER BY raw"))
        .containsExactly("x", "y");
  }
}
