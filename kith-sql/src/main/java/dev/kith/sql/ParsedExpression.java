package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.model.Located;
import dev.kith.model.SourceSpan;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** One expression over the columns of one table, such as a metric or a condition. */
public final class ParsedExpression {

  private final SqlText text;
  private final JsonNode tree;
  private final ExpressionContent content;

  ParsedExpression(SqlText text, JsonNode tree, ExpressionContent content) {
    this.text = text;
    this.tree = tree;
    this.content = content;
  }

  /** As written, without space and comments around it; {@code :as_of} stays as it is. */
  public String sql() {
    return render(SqlText.AS_OF);
  }

  /** The SQL to run, with the instant in place of {@code :as_of}. */
  public String render(Instant asOf) {
    return render(SqlText.literal(asOf));
  }

  /**
   * @param asOf a SQL expression of type TIMESTAMP WITH TIME ZONE
   */
  public String render(String asOf) {
    return text.render("", asOf).sql().stripLeading();
  }

  /** Where it stands. */
  public SourceSpan span() {
    return text.span();
  }

  /**
   * The columns that it names, as often as it does, as written; of {@code address.city} the first
   * part. Parameters of lambdas are not among them.
   */
  public List<Located<String>> columns() {
    return content.columns();
  }

  /** The functions and operators that it calls, in lower case. */
  public Set<String> functions() {
    return content.functions();
  }

  /** Whether one of DuckDB's aggregates is called, outside of a window. */
  public boolean containsAggregate() {
    return content.aggregate();
  }

  /** Whether there is an {@code OVER}, or a function that needs one. */
  public boolean containsWindow() {
    return content.window();
  }

  public boolean containsSubquery() {
    return content.subquery();
  }

  public boolean usesAsOf() {
    return text.tokens().stream().anyMatch(text::isAsOf);
  }

  /** As {@link ParsedQuery#canonical()}. */
  public String canonical() {
    return Canonical.of(tree);
  }

  JsonNode tree() {
    return tree;
  }

  SqlText text() {
    return text;
  }
}
