package dev.kith.sql;

import dev.kith.model.SourceSpan;
import dev.kith.model.TableName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether a query treats each part of one input by itself, while all other tables stay as they are:
 * the query over the rows of some parts gives just those rows of its result that have these parts'
 * values, and over all parts, one after the other, its whole result.
 *
 * <p>So are, besides what is row-wise: GROUP BY, DISTINCT, windows and QUALIFY, if what they group
 * or partition by tells the part; joins with other tables that keep or drop each row of the input
 * by itself; subqueries over other tables. What is not known to be so is refused.
 */
public sealed interface PartWiseProof {

  /**
   * @param parts what makes the parts, at least one: those of the output columns asked for that are
   *     told apart everywhere, each with what it holds of the input
   */
  record Proven(TableName input, Map<String, InputPart> parts) implements PartWiseProof {
    public Proven {
      parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }
  }

  /**
   * @param reason one clause, such as "GROUP BY brings rows together that differ in 'day'"
   * @param span what the reason is about
   */
  record Refused(String reason, SourceSpan span) implements PartWiseProof {}
}
