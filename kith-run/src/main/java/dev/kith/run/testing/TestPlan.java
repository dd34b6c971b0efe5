package dev.kith.run.testing;

import dev.kith.model.TableName;
import dev.kith.model.definition.TestDefinition;
import dev.kith.model.definition.TestDefinition.Expectation;
import dev.kith.run.graph.Node;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A test that can be run.
 *
 * @param given rows by relation
 * @param build what has to be computed, in order
 * @param asOf of no matter where nothing depends on it
 */
record TestPlan(
    TestDefinition test,
    Map<TableName, TypedRows> given,
    List<Node> build,
    List<Expected> expect,
    Instant asOf) {

  TestPlan {
    given = Map.copyOf(given);
    build = List.copyOf(build);
    expect = List.copyOf(expect);
  }

  /** What a table shall hold. */
  record Expected(Expectation definition, Node node, TypedRows rows) {}
}
