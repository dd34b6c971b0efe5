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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    Files.writeString(file, Files.readString(file).replace("INTEGER", "BIGINT"));

    assertThat(columns(Primitive.INTEGER)).contains("[b BIGINT]");
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
