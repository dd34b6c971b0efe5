package dev.kith.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.Diagnostic;
import dev.kith.model.Problems;
import dev.kith.model.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each example of docs/reference/sql.md does what its first line says. */
final class SqlReferenceTest {

  private static final Pattern EXAMPLE = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

  private static final Schemas SCHEMAS =
      Schemas.of(
          Map.of(
              TableName.of("orders"),
              Sql.table(
                  "order_id bigint, customer_id bigint, status varchar, amount decimal(18,2),"
                      + " ordered_at timestamp, items struct(sku varchar, price double)[]"),
              TableName.parse("sales.refunds"),
              Sql.table("order_id bigint, amount decimal(18,2), refunded_at timestamp")));

  @Test
  void examplesDoWhatTheySay() throws IOException {
    String page = Files.readString(Path.of("../docs/reference/sql.md"));
    List<String> examples = EXAMPLE.matcher(page).results().map(SqlReferenceTest::text).toList();
    assertThat(examples).hasSizeGreaterThan(6);
    examples.forEach(SqlReferenceTest::check);
  }

  private static String text(MatchResult example) {
    return example.group(1);
  }

  private static void check(String example) {
    Problems problems = new Problems();
    Optional<ParsedQuery> query =
        Sql.ANALYZER
            .parse(Sql.at(example), problems)
            .filter(q -> Sql.ANALYZER.validate(q, SCHEMAS, problems).isPresent());
    String claim = example.lines().findFirst().orElse("");
    String refused = claim.startsWith("-- refused: ") ? claim.substring(12) : "";
    assertThat(problems.all().stream().map(Diagnostic::code).map(code -> code.id()))
        .as(example)
        .containsExactlyElementsOf(refused.isEmpty() ? List.of() : List.of(refused));
    if (claim.contains("part by part")) {
      boolean day = claim.endsWith(" day");
      PartWiseProof proof =
          Sql.ANALYZER.partWise(
              query.orElseThrow(),
              SCHEMAS,
              TableName.of("orders"),
              List.of(day ? "day" : "customer_id"));
      String found =
          proof instanceof PartWiseProof.Refused no
              ? "-- not part by part: " + no.reason()
              : "-- part by part: "
                  + String.join(", ", ((PartWiseProof.Proven) proof).parts().keySet());
      assertThat(found).isEqualTo(claim);
    }
    if (claim.contains("row-wise")) {
      RowWiseProof proof = Sql.ANALYZER.rowWise(query.orElseThrow(), SCHEMAS);
      String found =
          proof instanceof RowWiseProof.Refused no
              ? "-- not row-wise: " + no.reason()
              : "-- row-wise";
      assertThat(found).isEqualTo(claim);
    }
  }
}
