package dev.kith.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of queries is what would be found out anew. */
final class KeptConclusionsTest {

  @TempDir Path folder;

  @Test
  void areTheSameInTheNextProcessAndNothingIsAskedThere() throws IOException {
    List<String> corpus =
        new ArrayList<>(
            Cases.read(Path.of("fixtures/valid/portable-corpus.sql")).all().stream()
                .map(Cases.Case::sql)
                .toList());
    corpus.add("select _batch as b, _ingested_at from \"orders\" -- größer\n where 'ä' < status");
    corpus.add("select id from sales.refunds where refunded_at < :as_of");
    Answers first = answers();
    List<String> found = corpus.stream().map(sql -> conclusions(sql, first)).toList();
    first.write();

    Answers second = answers();
    assertThat(corpus.stream().map(sql -> conclusions(sql, second)).toList()).isEqualTo(found);
    Files.delete(file());
    second.write();
    assertThat(file()).as("answers that are new").doesNotExist();
  }

  @Test
  void aParameterIsNoOtherParameter() {
    Answers answers = answers();
    assertThat(conclusions("select id from orders where ordered_at < :as_of", answers))
        .doesNotContain("error");
    assertThat(conclusions("select id from orders where ordered_at < $as_of", answers))
        .contains("error");
  }

  @Test
  void proofsAreOfTheColumnsThatThereAre() {
    Answers answers = answers();
    assertThat(proof("id bigint, x integer", answers)).contains("x=x");
    assertThat(proof("id bigint", answers)).doesNotContain("x=x");
  }

  @Test
  void treesThatNobodyWantedStay() throws IOException {
    Answers first = answers();
    conclusions("select id from orders", first);
    first.write();
    Answers second = answers();
    conclusions("select id from orders", second);
    conclusions("select id from customers", second);
    second.write();

    assertThat(Files.readAllLines(file()).stream().filter(line -> line.contains("SELECT_NODE")))
        .hasSizeGreaterThanOrEqualTo(2)
        .anyMatch(line -> line.contains("statements") && line.contains("orders"))
        .anyMatch(line -> line.contains("statements") && line.contains("customers"));
  }

  private Path file() {
    return folder.resolve("sql");
  }

  private Answers answers() {
    return Answers.in(file());
  }

  private static String conclusions(String sql, Answers answers) {
    try (SqlAnalyzer analyzer = new SqlAnalyzer(ZoneOffset.UTC, answers)) {
      Problems problems = new Problems();
      Optional<ParsedQuery> parsed = analyzer.parse(Sql.at(sql), problems);
      if (parsed.isEmpty()) {
        return problems.all().toString();
      }
      ParsedQuery query = parsed.get();
      return String.join(
          "\n",
          query.references().toString(),
          query.namedHiddenColumns().toString(),
          query.canonical(),
          analyzer.validate(query, Sql.SCHEMAS, problems).toString(),
          text(analyzer.rowWise(query, Sql.SCHEMAS)),
          problems.all().toString());
    }
  }

  private static String proof(String columns, Answers answers) {
    try (SqlAnalyzer analyzer = new SqlAnalyzer(ZoneOffset.UTC, answers)) {
      ParsedQuery query = analyzer.parse(Sql.at("select * from t"), new Problems()).orElseThrow();
      return text(analyzer.rowWise(query, name -> Optional.of(Sql.table(columns))));
    }
  }

  private static String text(RowWiseProof proof) {
    if (!(proof instanceof RowWiseProof.Proven proven)) {
      return proof.toString();
    }
    List<String> passed = new ArrayList<>();
    proven
        .passThrough()
        .forEach(
            (table, columns) ->
                columns.forEach((out, in) -> passed.add(table + " " + out + "=" + in)));
    return proven.inputs() + " " + new TreeSet<>(passed);
  }
}
