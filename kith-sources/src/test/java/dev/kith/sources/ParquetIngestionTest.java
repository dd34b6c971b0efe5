package dev.kith.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.engine.ExportFormat;
import dev.kith.model.definition.SourceDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events and entities from Parquet files. */
class ParquetIngestionTest {

  @TempDir Path project;
  private Bench bench;

  @BeforeEach
  void open() throws IOException {
    bench = new Bench(project);
    Files.createDirectories(project.resolve("data"));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private void parquet(String name, String sql) {
    bench.session().export(sql, project.resolve(name), ExportFormat.PARQUET);
  }

  @Test
  void rowsKeepTheirTypesAndKnowTheirFileAndRow() {
    parquet(
        "data/a.parquet",
        "SELECT 1 AS id, TIMESTAMP '2024-10-27 01:30:00' AS happened, 1.25::DECIMAL(9,2) AS amount, [1, 2] AS list");
    parquet(
        "data/b.parquet",
        """
        SELECT 2::BIGINT AS id, TIMESTAMP '2024-03-31 01:30:00' AS happened,
          unnest([1.5, 1.5, 9.0])::DECIMAL(9,2) AS amount, NULL::INT[] AS list""");
    SourceDefinition source = Definitions.events("data/*.parquet").at("happened").id("id").build();

    IngestReport report = bench.run(source);

    assertThat(bench.columns(report))
        .containsExactly(
            "id BIGINT",
            "happened TIMESTAMP WITH TIME ZONE",
            "amount DECIMAL(9,2)",
            "list INTEGER[]");
    assertThat(
            bench.query(report, "SELECT id, happened, amount, list, _origin FROM rows ORDER BY 1"))
        .containsExactly(
            "1|2024-10-27T00:30:00Z|1.25|[1, 2]|data/a.parquet#1",
            "2|2024-03-31T01:30:00Z|1.50|null|data/b.parquet#1");
    assertThat(bench.query(report, "SELECT _origin, raw FROM rejected"))
        .singleElement()
        .asString()
        .startsWith("data/b.parquet#3|{\"id\":2,");
    assertThat(bench.run(source).committed()).isFalse();
  }

  @Test
  void valuesThatDoNotFitThePinnedTypeAreDiverted() {
    parquet("data/a.parquet", "SELECT 1::BIGINT AS id, 1::BIGINT AS n");
    SourceDefinition source = Definitions.events("data/*.parquet").build();
    bench.run(source);
    parquet(
        "data/b.parquet",
        "SELECT 2::BIGINT AS id, 2.0::DOUBLE AS n, 'x' AS extra UNION ALL SELECT 3, 2.5, 'y'");

    IngestReport report = bench.run(source);

    assertThat(bench.query(report, "SELECT id, n, extra FROM rows ORDER BY id"))
        .containsExactly("1|1|null", "2|2|x");
    assertThat(bench.query(report, "SELECT _origin, reason FROM rejected"))
        .containsExactly("data/b.parquet#2|column 'n': '2.5' is not a BIGINT");
    assertThat(report.warnings()).extracting(w -> w.code().id()).containsExactly("I014");
    assertThatThrownBy(
            () ->
                bench.run(
                    Definitions.events("data/*.parquet")
                        .failOnTypeChange()
                        .column("n", "bigint")
                        .build("strict")))
        .hasMessageContaining("data/b.parquet#2")
        .hasMessageContaining("2.5");
  }

  @Test
  void cutAndChangedFilesAreErrors() throws IOException {
    parquet("data/a.parquet", "SELECT range AS id FROM range(1000)");
    byte[] whole = Files.readAllBytes(project.resolve("data/a.parquet"));
    SourceDefinition source = Definitions.events("data/*.parquet").build();
    bench.bytes("data/a.parquet", Arrays.copyOf(whole, whole.length - 100));
    assertThatThrownBy(() -> bench.run(source)).hasMessageContaining("cut off");

    bench.bytes("data/a.parquet", whole);
    assertThat(bench.run(source).counts().added()).isEqualTo(1000);

    parquet("data/a.parquet", "SELECT range AS id FROM range(1001)");
    assertThatThrownBy(() -> bench.run(source)).hasMessageContaining("changed");
  }
}
