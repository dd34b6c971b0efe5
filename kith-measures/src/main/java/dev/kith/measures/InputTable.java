package dev.kith.measures;

import dev.kith.model.TableName;
import dev.kith.model.type.TableSchema;
import java.util.List;
import java.util.Optional;

/**
 * A table that a profile may read, as it is known before any data is read.
 *
 * @param name under which its rows are bound
 * @param at the column that says when a row happened, if it has one
 * @param id the columns that tell apart rows of the same time; may be empty
 * @param whyUnsafe why a row might tell more than was known at its {@code at}; empty if it can't
 * @param history where the versions of its rows are, if they are kept
 */
public record InputTable(
    TableName name,
    TableSchema schema,
    Optional<String> at,
    List<String> id,
    Optional<String> whyUnsafe,
    Optional<History> history) {

  public InputTable {
    id = List.copyOf(id);
  }

  /**
   * Versions of rows: each is valid at the instants after {@code valid_from} (NULL: since ever) up
   * to and with {@code valid_to} (NULL: open), since an instant does not see what begins with it.
   * No two of a key are valid at once.
   *
   * @param relation under which they are bound; the table itself if that has these columns
   * @param schema with {@code valid_from} and {@code valid_to}
   */
  public record History(TableName relation, TableSchema schema) {
    public static final String VALID_FROM = "valid_from";
    public static final String VALID_TO = "valid_to";
  }
}
