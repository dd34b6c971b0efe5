package dev.kith.measures;

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

  /** Rows of touched people take the place of those they had. */
  static StateChange ofTouched(String step) {
    return new StateChange(
        step, "SELECT * FROM " + step, Optional.of(Touched.KEYS), Optional.empty());
  }
}
