package dev.kith.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.definition.SourceDefinition;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events from files: typed, once, and with their origin. */
class EventIngestionTest {

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

  @Test
  void rowsOfCsvAreTypedAndKnowWhereTheyCameFrom() {
    bench.file(
        "data/a.csv",
        """
        id,at,amount,code,paid
        1,2024-03-31 00:30:00,2.50,007,true
        2,2024-03-31 01:30:00,,008,false
        """);
    SourceDefinition source = Definitions.events("data/*.csv").at("at").id("id").build();

    IngestReport report = bench.run(source);

    assertThat(bench.columns(report))
        .containsExactly(
            "id BIGINT",
            "at TIMESTAMP WITH TIME ZONE",
            "amount DOUBLE",
            "code VARCHAR",
            "paid BOOLEAN");
    assertThat(
            bench.query(
                report,
                "SELECT id, \"at\", amount, code, paid, _origin, _batch, _ingested_at FROM rows ORDER BY id"))
        .containsExactly(
            "1|2024-03-31T00:30:00Z|2.5|007|true|data/a.csv:2|run1/s|2024-06-01T12:00:00Z",
            "2|2024-03-31T01:30:00Z|null|008|false|data/a.csv:3|run1/s|2024-06-01T12:00:00Z");
    assertThat(report.counts().added()).isEqualTo(2);
    assertThat(report.warnings()).isEmpty();
  }

  @Test
  void aRunWithNothingNewCommitsNothing() {
    bench.file("data/a.csv", "id,at\n1,2024-01-01\n");
    SourceDefinition source = Definitions.events("data/a.csv").at("at").build();
    IngestReport first = bench.run(source);

    IngestReport second = bench.run(source);

    assertThat(second.committed()).isFalse();
    assertThat(second.rows()).isEqualTo(first.rows());
    assertThat(second.rejected()).isEqualTo(first.rejected());
  }

  @Test
  void onlyNewFilesAndNewRowsOfGrownFilesAreRead() {
    bench.file("data/a.csv", "id,at\n1,2024-01-01\n");
    SourceDefinition source = Definitions.events("data/*.csv").at("at").build();
    bench.run(source);
    bench.file("data/a.csv", "id,at\n1,2024-01-01\n2,2024-01-02\n");
    bench.file("data/b.csv", "at,id\n2024-01-03,3\n");

    IngestReport report = bench.run(source);

    assertThat(report.counts().read()).isEqualTo(2);
    assertThat(bench.query(report, "SELECT id, _origin FROM rows ORDER BY id"))
        .containsExactly("1|data/a.csv:2", "2|data/a.csv:3", "3|data/b.csv:2");
  }

  @Test
  void duplicatesAreDroppedInABatchAndAcrossRunsAndContradictionsRejected() {
    bench.file(
        "data/a.csv",
        """
        id,at,x
        1,2024-01-01,a
        1,2024-01-01,a
        2,2024-01-01,a
        2,2024-01-01,b
        1,2024-01-02,a
        ,2024-01-01,a
        ,2024-01-01,a
        """);
    SourceDefinition source = Definitions.events("data/*.csv").at("at").id("id").build();

    IngestReport first = bench.run(source);

    assertThat(first.counts().added()).isEqualTo(5);
    assertThat(first.counts().duplicates()).isEqualTo(1);
    assertThat(bench.query(first, "SELECT raw, _origin, column_name, reason FROM rejected"))
        .containsExactly(
            "2,2024-01-01,b|data/a.csv:5|null|an event with the same 'id' and other content was"
                + " read before");

    bench.file("data/b.csv", "id,at,x\n1,2024-01-01,a\n2,2024-01-01,c\n3,2024-01-01,a\n");
    IngestReport second = bench.run(source);

    assertThat(second.counts().added()).isEqualTo(1);
    assertThat(second.counts().duplicates()).isEqualTo(1);
    assertThat(second.counts().rejected()).isEqualTo(1);
    assertThat(bench.query(second, "SELECT count(*) FROM rows")).containsExactly("6");
  }
}
