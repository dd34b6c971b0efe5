package dev.kith.run.testing;

import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.TableName;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.TestDefinition;
import dev.kith.model.definition.TestDefinition.Expectation;
import dev.kith.model.definition.TestDefinition.Given;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.graph.Node;
import dev.kith.run.graph.Relations.Relation;
import dev.kith.run.graph.SourceRelations;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a test has to compute, and reads its rows: all that is wrong with it shows here,
 * before anything runs.
 */
final class TestPlanner {

  private final Blueprint blueprint;
  private final Map<TableName, Diagnostic> unknown;
  private final Map<TableName, Node> nodes = new HashMap<>();
  private final RowReader rows;
  private final ZoneId zone;
  private final Problems problems;

  /**
   * @param unknown sources that are left out of the blueprint, and why
   */
  TestPlanner(
      Blueprint blueprint,
      Map<TableName, Diagnostic> unknown,
      RowReader rows,
      ZoneId zone,
      Problems problems) {
    this.blueprint = blueprint;
    this.unknown = unknown;
    this.rows = rows;
    this.zone = zone;
    this.problems = problems;
    blueprint.nodes().forEach(node -> nodes.put(node.name(), node));
  }

  /** The plan; of use only if nothing was reported. Nothing if a table could not be understood. */
  Optional<TestPlan> plan(TestDefinition test) {
    if (test.expect().stream().anyMatch(one -> !nodes.containsKey(one.relation().value()))) {
      reportUnknown();
      return Optional.empty();
    }
    Set<TableName> given =
        test.given().stream().map(one -> one.relation().value()).collect(Collectors.toSet());
    Set<TableName> read = new HashSet<>();
    List<Node> build = build(test, given, read);
    build.stream()
        .filter(TestPlanner::dependsOnInstant)
        .findFirst()
        .filter(node -> test.asOf().isEmpty())
        .ifPresent(node -> needsInstant(test, node));
    List<TestPlan.Expected> expect = new ArrayList<>();
    for (Expectation expectation : test.expect()) {
      expect.add(expected(expectation));
    }
    return Optional.of(
        new TestPlan(
            test,
            given(test, read),
            build,
            expect,
            test.asOf().map(Located::value).orElse(Instant.EPOCH)));
  }

  /** In build order: what is expected, and what that reads and is not given. */
  private List<Node> build(TestDefinition test, Set<TableName> given, Set<TableName> read) {
    Set<TableName> wanted = new HashSet<>();
    test.expect().forEach(expectation -> want(expectation.relation().value(), given, wanted, read));
    return blueprint.nodes().stream().filter(node -> wanted.contains(node.name())).toList();
  }

  private void want(
      TableName name, Set<TableName> given, Set<TableName> wanted, Set<TableName> read) {
    Node node = nodes.get(name);
    if (given.contains(name)
        || node == null
        || node instanceof Node.SourceNode
        || !wanted.add(name)) {
      return;
    }
    for (TableName input : inputs(node)) {
      read.add(input);
      want(input, given, wanted, read);
    }
  }

  /** The relations that are read when the node is computed. */
  static Set<TableName> inputs(Node node) {
    return node instanceof Node.ProfileNode profile ? profile.plan().inputs() : node.inputs();
  }

  private static boolean dependsOnInstant(Node node) {
    return node instanceof Node.ProfileNode
        || (node instanceof Node.TableNode table && table.query().usesAsOf());
  }

  private void needsInstant(TestDefinition test, Node node) {
    String what = node instanceof Node.ProfileNode ? "is a profile" : "uses ':as_of'";
    problems.add(
        Diagnostic.error(
            TestCode.AS_OF_MISSING,
            test.name().span(),
            "the test computes '" + node.name() + "', which " + what + ", and says no instant",
            "add 'as_of:' with a date or a time"));
  }

  private Map<TableName, TypedRows> given(TestDefinition test, Set<TableName> read) {
    Map<TableName, TypedRows> given = new LinkedHashMap<>();
    for (Given one : test.given()) {
      TableName name = one.relation().value();
      Optional<Relation> relation = blueprint.relations().find(name);
      if (relation.isEmpty()) {
        continue; // not understood, which is reported where it is defined
      }
      Node owner = nodes.get(relation.get().owner());
      TypedRows typed = rows.read(one.rows(), name, relation.get().schema(), zone(owner));
      given.put(name, typed);
      if (owner instanceof Node.SourceNode source && source.name().equals(name)) {
        checkKeys(one, source.definition(), typed);
      }
      if (!isRead(name, owner, read)) {
        problems.add(
            Diagnostic.warning(
                TestCode.GIVEN_UNUSED,
                one.relation().span(),
                "nothing that the test computes reads '" + name + "'"));
      }
    }
    return given;
  }

  /** An entity and its history stand for each other. */
  private static boolean isRead(TableName name, @Nullable Node owner, Set<TableName> read) {
    return read.contains(name)
        || (owner instanceof Node.SourceNode source
            && !name.equals(source.definition().rejected())
            && (read.contains(source.name())
                || read.contains(SourceRelations.history(source.definition()))));
  }

  private ZoneId zone(@Nullable Node owner) {
    return owner instanceof Node.SourceNode source ? source.definition().timezone() : zone;
  }

  private void checkKeys(Given given, SourceDefinition source, TypedRows typed) {
    if (source.kind() != SourceDefinition.Kind.ENTITY
        || !(typed instanceof TypedRows.Ready ready)) {
      return;
    }
    Set<List<String>> seen = new HashSet<>();
    for (TypedRow row : ready.rows()) {
      List<String> key =
          source.key().stream()
              .map(
                  column ->
                      row.values().entrySet().stream()
                          .filter(entry -> entry.getKey().equalsIgnoreCase(column.value()))
                          .map(entry -> String.valueOf(entry.getValue()))
                          .findFirst()
                          .orElse("null"))
              .toList();
      if (!seen.add(key)) {
        problems.add(
            Diagnostic.error(
                TestCode.REPEATED_KEY,
                given.relation().span(),
                "'%s' is an entity, and is given two rows of the key %s"
                    .formatted(source.name(), String.join(", ", key)),
                "give versions as '" + SourceRelations.history(source) + "'"));
        return;
      }
    }
  }

  private TestPlan.Expected expected(Expectation expectation) {
    TableName name = expectation.relation().value();
    Node node = Objects.requireNonNull(nodes.get(name));
    TypedRows typed =
        expectation
            .rows()
            .map(written -> rows.read(written, name, node.schema(), zone))
            .orElse(new TypedRows.Ready(List.of()));
    return new TestPlan.Expected(expectation, node, typed);
  }

  /** Why a table was not understood, if the reason is not among the project's faults. */
  private void reportUnknown() {
    if (!problems.hasErrors()) {
      unknown.values().forEach(problems::add);
    }
  }
}
