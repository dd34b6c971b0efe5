package dev.kith.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.Problems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** 81 queries that a user of the platform would write. */
final class PortableCorpusTest {

  @Test
  void everyQueryIsValidAndGivesItsReferencesAndRowWiseProof() throws IOException {
    List<Cases.Case> cases = Cases.read(Path.of("fixtures/valid/portable-corpus.sql")).all();
    assertThat(cases).hasSize(81);
    StringBuilder actual = new StringBuilder();
    for (Cases.Case c : cases) {
      Problems problems = new Problems();
      Optional<ParsedQuery> query =
          Sql.ANALYZER.validateQuery(Sql.at(c.sql()), Sql.SCHEMAS, problems);
      assertThat(query).as("%s %s", c.head(), problems.all()).isPresent();
      List<String> names =
          query.get().references().stream().map(r -> r.value().toString()).toList();
      actual.append(c.head()).append(": ").append(String.join(", ", names)).append('\n');
      actual.append("  ").append(proof(query.get())).append('\n');
    }
    Golden.check(Path.of("fixtures/valid/portable-corpus.txt"), actual.toString());
  }

  private static String proof(ParsedQuery query) {
    RowWiseProof proof = Sql.ANALYZER.rowWise(query, Sql.SCHEMAS);
    if (proof instanceof RowWiseProof.Refused refused) {
      return refused.span().line() + ":" + refused.span().column() + " " + refused.reason();
    }
    return "row-wise " + ((RowWiseProof.Proven) proof).passThrough();
  }
}
