package dev.kith.measures;

import java.util.List;

/**
 * SQL that computes a profile: the steps are materialised in order, then the query gives the rows.
 * It runs in a session whose zone is the project's. Other queries use the same step names, so the
 * steps are dropped when the rows have been read.
 *
 * @param sql one row per person, or per pair, in no order; the plan's columns in order
 */
public record CompiledQuery(List<Step> steps, String sql) {

  public CompiledQuery {
    steps = List.copyOf(steps);
  }

  /**
   * A query whose rows are kept until the end.
   *
   * @param name begins with {@code kith_}
   */
  public record Step(String name, String sql) {}
}
