package dev.kith.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.github.luben.zstd.Zstd;
import dev.kith.model.Diagnostic;
import dev.kith.model.FaultCategory;
import dev.kith.model.KithException;
import dev.kith.model.ProjectFaultException;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.SourceDefinition.RejectionLimit;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broken input: a clear message or a rejected row, and nothing lost or half taken. */
class BadInputTest {

  private static final String REJECTED =
      "SELECT _origin, reason, raw FROM rejected ORDER BY length(_origin), _origin";

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

  private void refused(SourceDefinition source, String code, String... parts) {
    assertThatThrownBy(() -> bench.run(source))
        .asInstanceOf(type(KithException.class))
        .satisfies(
            e -> {
              assertThat(e).hasMessageContainingAll(parts);
              assertThat(e.code().id()).isEqualTo(code);
              assertThat(e.category()).isEqualTo(FaultCategory.PROJECT);
              assertThat(e.help()).isPresent();
            });
    assertThat(bench.warehouse.exists(SourceTables.of(source).rows())).isFalse();
    assertThat(bench.warehouse.exists(SourceTables.of(source).rejected())).isFalse();
  }

  @Test
  void aQuoteThatIsNeverClosedCostsItsLineAlone() {
    bench.file(
        "a.csv",
        """
        id,text
        1,"fine, really"
        2,"never closed
        3,"two
        lines"
        4,plain
        5,"a ""quoted"" word"
        6,"text"after
        7,5" pipe
        """);

    IngestReport report = bench.run(Definitions.events("a.csv").build());

    assertThat(bench.query(report, "SELECT id, text FROM rows ORDER BY id"))
        .containsExactly(
            "1|fine, really", "3|two\nlines", "4|plain", "5|a \"quoted\" word", "7|5\" pipe");
    assertThat(bench.query(report, "SELECT _origin, raw FROM rejected ORDER BY _origin"))
        .containsExactly("a.csv:3|2,\"never closed", "a.csv:8|6,\"text\"after");
    assertThat(bench.query(report, "SELECT DISTINCT reason FROM rejected"))
        .allMatch(reason -> reason.contains("quot"));
    assertThat(report.counts().read()).isEqualTo(7);
  }

  @Test
  void anUnclosedQuoteFarFromTheEndSwallowsNothing() {
    String lines =
        IntStream.range(0, 5000).mapToObj(i -> i + ",x").collect(Collectors.joining("\n"));
    bench.file("a.csv", "id,text\n-1,\"open\n" + lines + "\n");

    IngestReport report = bench.run(Definitions.events("a.csv").build());

    assertThat(report.counts().added()).isEqualTo(5000);
    assertThat(bench.query(report, REJECTED))
        .containsExactly("a.csv:2|a quote is opened and never closed|-1,\"open");
  }

  @Test
  void raggedLinesAreDiverted() {
    bench.file("a.csv", "a,b,c\n1,2,3\n1,2\n\n1,2,3,4\n4,5,6");

    IngestReport report = bench.run(Definitions.events("a.csv").build());

    assertThat(report.counts().added()).isEqualTo(2);
    assertThat(bench.query(report, REJECTED))
        .containsExactly(
            "a.csv:3|2 fields instead of 3|1,2", "a.csv:5|4 fields instead of 3|1,2,3,4");
  }

  @Test
  void aWrongEncodingIsSaidWithTheLine() {
    bench.file("a.csv", "id,name\n1,Anna\n2,Zoë\n", Charset.forName("windows-1252"));

    refused(Definitions.events("a.csv").build(), "I004", "a.csv:3", "UTF-8");

    IngestReport report = bench.run(Definitions.events("a.csv").encoding("windows-1252").build());
    assertThat(bench.query(report, "SELECT name FROM rows ORDER BY id"))
        .containsExactly("Anna", "Zoë");
  }

  @Test
  void byteOrderMarksAreNoText() {
    bench.file("a.csv", "\ufeffid,name\n1,ä\n");
    bench.file("b.csv", "\ufeffid,name\n2,ü\n", StandardCharsets.UTF_16LE);
    bench.file("c.csv", "id,name\n3,o\n", StandardCharsets.UTF_16LE);

    IngestReport report = bench.run(Definitions.events("[ab].csv").build());

    assertThat(bench.query(report, "SELECT id, name FROM rows ORDER BY id"))
        .containsExactly("1|ä", "2|ü");
    assertThatThrownBy(() -> bench.run(Definitions.events("c.csv").build("other")))
        .hasMessageContaining("NUL");
  }

  @Test
  void truncatedCompressedFilesAreErrorsThatNameThem() throws IOException {
    String text =
        "id,x\n"
            + IntStream.range(0, 20000).mapToObj(i -> i + ",y\n").collect(Collectors.joining());
    Path gzip = bench.gzip("a.csv.gz", text);
    byte[] whole = Files.readAllBytes(gzip);
    bench.bytes("a.csv.gz", Arrays.copyOf(whole, whole.length / 2));

    refused(Definitions.events("a.csv.gz").build(), "I003", "a.csv.gz", "cut off");

    byte[] zstd = Zstd.compress(text.getBytes(StandardCharsets.UTF_8));
    bench.bytes("b.csv.zst", Arrays.copyOf(zstd, zstd.length / 2));
    refused(Definitions.events("b.csv.zst").build(), "I003", "b.csv.zst", "cut off");

    bench.bytes("b.csv.zst", zstd);
    assertThat(bench.run(Definitions.events("b.csv.zst").build()).counts().added())
        .isEqualTo(20000);
  }

  @Test
  void aJsonLineCutInHalfIsDiverted() {
    bench.file(
        "a.ndjson",
        """
        {"id": 1, "x": {"deep": [1, 2.50]}, "n": 1.5}
        {"id": 2, "x": nul
        [1, 2]
        {"id": 3, "n": "text"}
        {"id": 4} trailing
        {"id": 5, "n": 9007199254740993}
        """);

    IngestReport report = bench.run(Definitions.events("a.ndjson").build());

    assertThat(bench.query(report, "SELECT id, x, n FROM rows ORDER BY id"))
        .containsExactly("1|{\"deep\":[1,2.50]}|1.5", "3|null|text", "5|null|9007199254740993");
    assertThat(bench.query(report, "SELECT _origin, raw FROM rejected ORDER BY _origin"))
        .containsExactly(
            "a.ndjson:2|{\"id\": 2, \"x\": nul",
            "a.ndjson:3|[1, 2]",
            "a.ndjson:5|{\"id\": 4} trailing");
  }

  @Test
  void aJsonArrayCutInHalfIsAnError() {
    bench.file("a.json", "[\n {\"id\": 1},\n {\"id\": 2,");

    refused(Definitions.events("a.json").build(), "I003", "a.json:3", "not JSON");

    bench.file("a.json", "[\n {\"id\": 1},\n {\"id\": 2}]");
    IngestReport report = bench.run(Definitions.events("a.json").build());
    assertThat(bench.query(report, "SELECT id, _origin FROM rows ORDER BY id"))
        .containsExactly("1|a.json:1", "2|a.json:2");
  }

  @Test
  void anEmptyFileIsAWarning() {
    bench.file("a.csv", "id,x\n1,y\n");
    SourceDefinition source = Definitions.events("*.csv").build();
    bench.run(source);
    bench.file("b.csv", "");

    IngestReport report = bench.run(source);

    assertThat(report.warnings()).extracting(w -> w.code().id()).containsExactly("I016");
    assertThat(bench.run(source).committed()).isFalse();
  }

  @Test
  void aMissingFileAndAGlobWithoutFilesAreErrors() {
    refused(Definitions.events("data/none.csv").build(), "I001", "data/none.csv");
    refused(Definitions.events("data/*.csv").build(), "I002", "data/*.csv");
  }

  @Test
  void aWrongTypeFarBeyondTheSampleIsFound() {
    StringBuilder text = new StringBuilder("id,quantity\n");
    for (int i = 2; i <= 1_000_000; i++) {
      text.append(i).append(i == 900_000 ? ",abc\n" : ",7\n");
    }
    bench.file("a.csv", text.toString());

    IngestReport report = bench.run(Definitions.events("a.csv").build());

    assertThat(report.counts().added()).isEqualTo(999_998);
    assertThat(bench.query(report, REJECTED))
        .containsExactly("a.csv:900000|column 'quantity': 'abc' is not a BIGINT|900000,abc");
    refused(
        Definitions.events("a.csv").failOnTypeChange().build("strict"),
        "I007",
        "a.csv:900000",
        "'quantity'",
        "'abc'");
  }

  @Test
  void tooManyRejectedRowsStopTheRunWithTheFirstReasons() {
    bench.file("a.csv", "id,n\n1,1\n2,2\n3,-1\n4,-2\n");
    Definitions definition = Definitions.events("a.csv").range("n", "0", "100");

    refused(
        definition.limit(new RejectionLimit.Share(0.25)).build(),
        "I006",
        "2 of 4 rows",
        "a.csv:4: column 'n': '-1' is below 0");
    refused(definition.limit(new RejectionLimit.Count(1)).build(), "I006", "max_rejected: 1'");
    IngestReport report = bench.run(definition.limit(new RejectionLimit.Share(0.5)).build());
    assertThat(bench.query(report, REJECTED))
        .containsExactly(
            "a.csv:4|column 'n': '-1' is below 0|3,-1", "a.csv:5|column 'n': '-2' is below 0|4,-2");
  }

  @Test
  void aBoundThatIsNoValueOfItsColumnIsSaid() {
    bench.file("a.csv", "id,n\n1,5\n");

    assertThatThrownBy(() -> bench.run(Definitions.events("a.csv").range("n", "few", "10").build()))
        .asInstanceOf(type(ProjectFaultException.class))
        .satisfies(
            e ->
                assertThat(e.diagnostics())
                    .extracting(Diagnostic::message)
                    .containsExactly("'few' is not a BIGINT, which column 'n' is"));
  }

  @Test
  void aFileThatChangedInPlaceIsAnErrorThatSaysWhatToDo() {
    SourceDefinition source = Definitions.events("a.csv").build();
    bench.file("a.csv", "id\n1\n2\n");
    IngestReport first = bench.run(source);

    bench.file("a.csv", "id\n1\n3\n4\n");
    assertThatThrownBy(() -> bench.run(source))
        .asInstanceOf(type(KithException.class))
        .satisfies(e -> assertThat(e.code().id()).isEqualTo("I005"))
        .satisfies(e -> assertThat(e.help().orElse("")).contains("another name"))
        .satisfies(e -> assertThat(e).hasMessageContaining("a.csv"));
    bench.file("a.csv", "id\n1\n");
    assertThatThrownBy(() -> bench.run(source)).hasMessageContaining("shorter");

    bench.file("a.csv", "id\n1\n3\n4\n");
    IngestReport anew = bench.run(source, true);
    assertThat(bench.query(anew, "SELECT id FROM rows ORDER BY id")).containsExactly("1", "3", "4");
    assertThat(anew.rows()).isNotEqualTo(first.rows());
  }

  @Test
  void anUnfinishedLastLineThatIsContinuedIsAnError() {
    SourceDefinition source = Definitions.events("a.csv").build();
    bench.file("a.csv", "id,x\n1,abc\n2,de");
    bench.run(source);
    bench.file("a.csv", "id,x\n1,abc\n2,def\n");

    assertThatThrownBy(() -> bench.run(source)).hasMessageContaining("continued");
  }
}
