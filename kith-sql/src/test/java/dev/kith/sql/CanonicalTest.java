package dev.kith.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CanonicalTest {

  private static final List<String> SPACES =
      List.of(" ", "\n", "\t ", " /* x :as_of 'y */ ", " -- it's\n", " /* /* nested */ 한글😀 */\n");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          select a from t | SELECT a FROM t
          select sum(a) as b from t | Select SUM( a ) AS b from t -- c
          select count(*) as n from t | select COUNT(*) n from t;
          select cast(a as bigint) as b from t | select CAST(a AS BIGINT) AS b FROM t
          select a::decimal(18,2) as b from t | select a :: DECIMAL(18, 2) b from t
          select a from t where b < :as_of | select a from t where b<:AS_OF
          select row_number() over (order by a) as n from t | select ROW_NUMBER() OVER(ORDER BY a) n from t
          """)
  void keywordsLayoutAndCommentsDoNotCount(String one, String other) {
    assertThat(canonical(one)).isEqualTo(canonical(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          select a from t | select b from t
          select a from t | select a as A from t
          select a from t | select a from u
          select 'x' as a from t | select 'X' as a from t
          select a from t where b < :as_of | select a from t where b < as_of
          select 1 as a from t | select 1.0 as a from t
          select a from t order by a | select a from t order by a desc
          select a from t union select a from u | select a from t union all select a from u
          select count(a) as n from t | select count(distinct a) as n from t
          select a from t | select a from t limit 1
          """)
  void meaningCounts(String one, String other) {
    assertThat(canonical(one)).isNotEqualTo(canonical(other));
  }

  @Test
  void theTreesAreThoseOfThisDuckDb() throws IOException {
    StringBuilder actual = new StringBuilder();
    for (String sql :
        List.of(
            "select a, sum(b) filter (where c) as s from t group by all",
            "with x as (select 1 as a) select * exclude (b) from x left join u using (a)",
            "select a::date as d from t where ts < :as_of")) {
      actual.append(sql).append('\n').append(canonical(sql)).append("\n\n");
    }
    Golden.check(Path.of("fixtures/valid/canonical.txt"), actual.toString());
  }

  @Test
  void otherSpaceBetweenTokensChangesNothing() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int changed = 0;
    for (Cases.Case c : Cases.read(Path.of("fixtures/valid/portable-corpus.sql")).all()) {
      if (!Sql.faults(c.sql()).stream().allMatch(f -> f.code() == SqlCode.UNNAMED_COLUMN)) {
        continue; // the clock, mostly
      }
      String other = respaced(c.sql(), random);
      assertThat(canonical(other))
          .as("seed %d, %s:%n%s", seed, c.head(), other)
          .isEqualTo(canonical(c.sql()));
      changed++;
    }
    assertThat(changed).isGreaterThan(70);
  }

  /** Any space, at least where there was some, and keywords in capitals. */
  private static String respaced(String sql, Random random) {
    StringBuilder text = new StringBuilder();
    int end = 0;
    for (Token token : Lexer.tokens(sql)) {
      if (token.start() > end || (text.isEmpty() && random.nextBoolean())) {
        text.append(SPACES.get(random.nextInt(SPACES.size())));
      }
      String word = token.in(sql);
      boolean keyword = List.of("select", "from", "where", "as", "group", "by").contains(word);
      text.append(keyword && random.nextBoolean() ? word.toUpperCase(Locale.ROOT) : word);
      end = token.end();
    }
    return text.append(SPACES.get(random.nextInt(SPACES.size()))).toString();
  }

  private static String canonical(String sql) {
    return Sql.parsed(sql).canonical();
  }
}
