package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.model.Located;
import dev.kith.model.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One query that DuckDB can read and that does nothing a query may not do. */
public final class ParsedQuery {

  private final SqlText text;
  private final Purpose purpose;
  private final QueryFacts facts;
  private final List<Located<TableName>> references;
  private final Supplier<JsonNode> parsing;
  private @Nullable JsonNode statement;

  /**
   * @param parsing gives the tree of the statement
   */
  ParsedQuery(SqlText text, Purpose purpose, QueryFacts facts, Supplier<JsonNode> parsing) {
    this.text = text;
    this.purpose = purpose;
    this.facts = facts;
    this.references =
        facts.references().stream()
            .map(table -> new Located<>(table.table(), text.span(table.from(), table.to())))
            .toList();
    this.parsing = parsing;
  }

  /** The tables that it reads, as often as it names them, in the order of the text. */
  public List<Located<TableName>> references() {
    return references;
  }

  /**
   * The names beginning with an underscore that it uses anywhere, in lower case. A table that it
   * reads has to show those of its hidden columns, and no others.
   */
  public Set<String> namedHiddenColumns() {
    return facts.hiddenColumns();
  }

  /**
   * A text that stays the same when comments, layout and the case of keywords change, and differs
   * when what the query means does. For fingerprints; made by this version of DuckDB.
   */
  public String canonical() {
    return facts.canonical();
  }

  /** Whether the result depends on {@code :as_of}. */
  public boolean usesAsOf() {
    return text.tokens().stream().anyMatch(text::isAsOf);
  }

  /** The SQL to run: as written, with the instant in place of {@code :as_of}. */
  public String render(Instant asOf) {
    return render(SqlText.literal(asOf));
  }

  /**
   * The SQL to run: as written up to its last word, so that no comment or semicolon ends it.
   *
   * @param asOf a SQL expression of type TIMESTAMP WITH TIME ZONE
   */
  public String render(String asOf) {
    return text.render("", asOf).sql();
  }

  /** As written. */
  public String sql() {
    return text.original();
  }

  SqlText text() {
    return text;
  }

  Purpose purpose() {
    return purpose;
  }

  /** The outermost query node. */
  JsonNode node() {
    JsonNode tree = statement;
    if (tree == null) {
      tree = parsing.get();
      statement = tree;
    }
    return tree.path("node");
  }
}
