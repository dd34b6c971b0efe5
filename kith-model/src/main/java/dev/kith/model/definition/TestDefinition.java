package dev.kith.model.definition;

import dev.kith.model.Located;
import dev.kith.model.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A test of {@code tests/NAME.yaml}: given these rows, tables and profiles hold those. It builds
 * nothing and defines nothing that can be read.
 *
 * @param name what people call it; no two tests have the same
 * @param asOf the instant of profiles, and of {@code :as_of} in tables
 * @param given what the tested tables read; what is not given of sources is empty
 * @param expect at least one
 */
public record TestDefinition(
    Located<String> name,
    Optional<String> description,
    Optional<Located<Instant>> asOf,
    List<Given> given,
    List<Expectation> expect) {

  public TestDefinition {
    given = List.copyOf(given);
    expect = List.copyOf(expect);
  }

  /** The path of the file, relative to the project folder. */
  public String file() {
    return name.span().file();
  }

  /** Rows of a relation that tested tables read; a column that they do not name is NULL. */
  public record Given(Located<TableName> relation, TestRows rows) {}

  /**
   * What a table or a profile shall hold.
   *
   * @param rows only the columns that a row names are compared
   * @param count how many rows there are in all
   * @param ordered whether the rows come in this order
   * @param partial whether there may be other rows beside these
   */
  public record Expectation(
      Located<TableName> relation,
      Optional<TestRows> rows,
      Optional<Located<Integer>> count,
      boolean ordered,
      boolean partial) {}
}
