package dev.kith.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.sql.Token.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LexerTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select :as_of",
        "select a > :as_of and b",
        "select x between :as_of and y",
        "select date_diff('day', a, :as_of)",
        "select case when a then :as_of else b end",
        "select [:as_of]",
        "select {'a': :as_of}",
        "select a[1 : :as_of]",
        "select :as_of::date",
        "select :AS_OF",
        "select a /* x */ - -- y\n :as_of",
        "select 1 where not :as_of is null"
      })
  void aParameterStandsWhereAnOperandMayBegin(String sql) {
    assertThat(parameters(sql)).hasSize(1).allMatch(":as_of"::equalsIgnoreCase);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select x::as_of",
        "select x ::as_of",
        "select ':as_of'",
        "select 'it''s :as_of'",
        "select \":as_of\"",
        "select e'\\':as_of'",
        "select $$ :as_of $$",
        "select $tag$ $$ :as_of $tag$",
        "select a[b:as_of]",
        "select a[(1):as_of]",
        "select {'a':as_of}",
        "select {a:as_of}",
        "select a:as_of from t",
        "select f(a :=as_of)",
        "-- :as_of",
        "/* :as_of */ select 1",
        "/* a /* :as_of */ :as_of */ select 1"
      })
  void otherColonsAreDuckDbs(String sql) {
    assertThat(parameters(sql)).isEmpty();
  }

  @Test
  void tokensOfEachKind() {
    String sql = "a_1 \"b \"\" c\" 1.5e-3 .5 x'0a' <> $1 한글::int 1_000;";
    assertThat(Lexer.tokens(sql).stream().map(token -> token.kind() + " " + token.in(sql)))
        .containsExactly(
            "WORD a_1",
            "QUOTED_NAME \"b \"\" c\"",
            "NUMBER 1.5e-3",
            "NUMBER .5",
            "STRING x'0a'",
            "SYMBOL <",
            "SYMBOL >",
            "PARAMETER $1",
            "WORD 한글",
            "SYMBOL ::",
            "WORD int",
            "NUMBER 1_000",
            "SYMBOL ;");
  }

  /** What is cut off is DuckDB's to complain of; the lexer only has to come to an end. */
  @ParameterizedTest
  @ValueSource(strings = {"'abc", "\"abc", "/* abc", "$$abc", "e'abc\\", ":", "$", "1e", "--"})
  void unfinishedTextsEnd(String sql) {
    assertThat(Lexer.tokens(sql).stream().mapToInt(Token::end).max().orElse(0))
        .isLessThanOrEqualTo(sql.length() + 1);
  }

  private static List<String> parameters(String sql) {
    return Lexer.tokens(sql).stream()
        .filter(token -> token.kind() == Kind.PARAMETER)
        .map(token -> token.in(sql))
        .toList();
  }
}
