package dev.kith.run.graph;

import dev.kith.model.definition.Check;
import dev.kith.sql.ParsedQuery;
import dev.kith.sql.RowRule;
import java.util.List;
import java.util.Optional;

/**
 * A check whose columns exist, of types that fit.
 *
 * @param rules of each row; empty for other kinds
 * @param query of a check by SQL
 */
public record ResolvedCheck(Check check, List<RowRule> rules, Optional<ParsedQuery> query) {
  public ResolvedCheck {
    rules = List.copyOf(rules);
  }
}
