package dev.kith.sources;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same rows in each format of text, plain and compressed. */
class FormatsTest {

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

  @ParameterizedTest
  @ValueSource(strings = {"csv", "tsv", "json", "ndjson"})
  void rowsAreAlike(String format) {
    String text =
        switch (format) {
          case "csv" -> "id,name,n\n1,\"Jo, 준\",2.5\n2,,-1\n";
          case "tsv" -> "id\tname\tn\n1\tJo, 준\t2.5\n2\t\t-1\n";
          case "json" -> "[{\"id\": 1, \"name\": \"Jo, 준\", \"n\": 2.5},\n {\"id\": 2, \"n\": -1}]";
          default -> "{\"id\": 1, \"name\": \"Jo, 준\", \"n\": 2.5}\n{\"id\": 2, \"n\": -1}\n";
        };
    bench.file("plain." + format, text);
    bench.gzip("zipped." + format + ".gz", text);
    bench.bytes("zstd." + format + ".zst", Zstd.compress(text.getBytes(StandardCharsets.UTF_8)));

    IngestReport report = bench.run(Definitions.events("*." + format + "*").build());

    assertThat(report.counts().files()).isEqualTo(3);
    assertThat(report.counts().rejected()).isZero();
    assertThat(bench.columns(report)).containsExactly("id BIGINT", "name VARCHAR", "n DOUBLE");
    assertThat(
            bench.query(
                report,
                "SELECT id, name, n, count(DISTINCT _origin) FROM rows GROUP BY ALL ORDER BY id"))
        .containsExactly("1|Jo, 준|2.5|3", "2|null|-1.0|3");
  }
}
