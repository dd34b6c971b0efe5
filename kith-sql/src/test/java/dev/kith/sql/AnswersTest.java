package dev.kith.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.SourceSpan;
import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswersTest {

  private static final String QUERY = "SELECT a + 1 AS b FROM t";

  @TempDir Path folder;

  @Test
  void whatWasAnsweredIsNotAskedAgain() throws IOException {
    assertThat(columns(Primitive.INTEGER)).contains("[b INTEGER]");
    Path file = folder.resolve("sql");
    assertThat(Files.readAllLines(file)).hasSizeGreaterThanOrEqualTo(2);
    rewrite(file, "INTEGER", "BIGINT");

    assertThat(columns(Primitive.INTEGER)).contains("[b BIGINT]");
  }

  /** With the checksum of what it says then. */
  private static void rewrite(Path file, String before, String after) throws IOException {
    String text = Files.readString(file);
    String body = text.substring(text.indexOf('\n') + 1).replace(before, after);
    CRC32C sum = new CRC32C();
    sum.update(body.getBytes(StandardCharsets.UTF_8));
    Files.writeString(file, Long.toHexString(sum.getValue()) + "\n" + body);
  }

  @Test
  void otherColumnsOfWhatIsReadAreAnotherQuestion() {
    assertThat(columns(Primitive.INTEGER)).contains("[b INTEGER]");

    assertThat(columns(Primitive.DOUBLE)).contains("[b DOUBLE]");
  }

  @Test
  void aDamagedFileCostsNothingButTime() throws IOException {
    assertThat(columns(Primitive.INTEGER)).contains("[b INTEGER]");
    Path file = folder.resolve("sql");
    Files.write(file, new byte[] {(byte) 0xff, 'a', '\n', (byte) 0xfe});

    assertThat(columns(Primitive.INTEGER)).contains("[b INTEGER]");
  }

  @Test
  void aFileCutAnywhereCostsNothingButTime() throws IOException {
    assertThat(columns(Primitive.INTEGER)).contains("[b INTEGER]");
    Path file = folder.resolve("sql");
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 1 + whole.length / 7) {
      Files.write(file, Arrays.copyOf(whole, length));

      assertThat(columns(Primitive.INTEGER)).as("%s bytes", length).contains("[b INTEGER]");
    }
  }

  @Test
  void whoWritesAtOnceLeavesAWholeFile() throws Exception {
    ExecutorService processes = Executors.newFixedThreadPool(2);
    try {
      Future<Optional<String>> one = processes.submit(() -> columns(Primitive.INTEGER));
      Future<Optional<String>> other = processes.submit(() -> columns(Primitive.DOUBLE));
      assertThat(one.get()).contains("[b INTEGER]");
      assertThat(other.get()).contains("[b DOUBLE]");
    } finally {
      processes.shutdown();
    }
    rewrite(folder.resolve("sql"), "INTEGER", "INTEGER"); // fails if there is none

    assertThat(columns(Primitive.INTEGER)).contains("[b INTEGER]");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("sql"));
    }
  }

  @Test
  void whatIsWrongIsAskedEachTime() {
    assertThat(columns(Primitive.TEXT)).isEmpty();
    assertThat(columns(Primitive.TEXT)).isEmpty();
  }

  /** Of the query, in a process that has the answers of those before. */
  private Optional<String> columns(Primitive type) {
    Answers answers = Answers.in(folder.resolve("sql"));
    try (SqlAnalyzer analyzer = new SqlAnalyzer(ZoneOffset.UTC, answers)) {
      Problems problems = new Problems();
      Schemas schemas =
          Schemas.of(Map.of(TableName.of("t"), new TableSchema(List.of(new Column("a", type)))));
      return analyzer
          .parse(new Located<>(QUERY, SourceSpan.startOf("t.sql")), problems)
          .flatMap(query -> analyzer.validate(query, schemas, problems))
          .map(
              schema ->
                  schema.columns().stream()
                      .map(column -> column.name() + " " + column.type().sql())
                      .toList()
                      .toString());
    } finally {
      answers.write();
    }
  }
}
