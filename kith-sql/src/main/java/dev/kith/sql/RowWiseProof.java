package dev.kith.sql;

import dev.kith.model.SourceSpan;
import dev.kith.model.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether each row that a query gives depends on one row of one input table and on nothing else. If
 * so, the query over the rows that were added to its inputs gives the rows to add to its output,
 * and a row knows nothing that its input row did not.
 *
 * <p>Row-wise are projections and filters by scalar expressions, also through WITH and subqueries
 * in FROM, UNION ALL of such parts over the same or different tables, and joins with lists: unnest,
 * generate_series, VALUES. What is not known to be row-wise is refused.
 */
public sealed interface RowWiseProof {

  /**
   * @param inputs the tables read, each once, by name
   * @param passThrough for each input, the output columns that hold the value of one of its columns
   *     unchanged in every row that comes from it: output column to input column
   */
  record Proven(List<TableName> inputs, Map<TableName, Map<String, String>> passThrough)
      implements RowWiseProof {
    public Proven {
      inputs = List.copyOf(inputs);
      passThrough = Map.copyOf(passThrough);
    }

    /** The input's column that an output column holds unchanged. */
    public Optional<String> inputColumn(TableName input, String outputColumn) {
      return passThrough.getOrDefault(input, Map.of()).entrySet().stream()
          .filter(entry -> entry.getKey().equalsIgnoreCase(outputColumn))
          .map(Map.Entry::getValue)
          .findFirst();
    }
  }

  /**
   * @param reason one clause, such as "GROUP BY brings rows together"
   * @param span what the reason is about
   */
  record Refused(String reason, SourceSpan span) implements RowWiseProof {}
}
