package dev.kith.measures;

import java.util.List;
import java.util.Optional;

/**
 * How the rows change that were kept of a step.
 *
 * @param step the step's name
 * @param rows a query for the rows to add
 * @param replaced a query for the keys of people whose rows are deleted first
 * @param condensed where rows are added to others that they supersede: a query over {@link
 *     CompiledUpdate#state} of now for the rows that say the same without those
 */
public record StateChange(
    String step, String rows, Optional<String> replaced, Optional<String> condensed) {

  /** The column by which rows are replaced: the person's key. */
  public static final String KEY = Frame.KEY;

  /** The column that tells the parts of rows about values apart, which are read apart: 0 to 2. */
  public static final String PART = "kith_part";

  /**
   * Rows of some people take the place of those they had.
   *
   * @param keys a query for theirs
   */
  static StateChange ofPeople(String step, String keys) {
    String rows = Sql.select(List.of("*"), step, List.of(KEY + " IN (" + keys + ")"));
    return new StateChange(step, rows, Optional.of(keys), Optional.empty());
  }
}
