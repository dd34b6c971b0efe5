package dev.kith.project;

import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.TableName;
import dev.kith.model.definition.DatasetDefinition;
import dev.kith.model.definition.Definition;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.TestDefinition;
import dev.kith.model.definition.TestDefinition.Expectation;
import dev.kith.model.definition.TestDefinition.Given;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What tests say about definitions, and about each other, as far as it shows without SQL. */
final class TestReferences {

  private final Problems problems;
  private final Set<TableName> sources = new TreeSet<>();
  private final Set<TableName> computed = new TreeSet<>();
  private final Set<TableName> broken;

  TestReferences(Definitions definitions, Problems problems) {
    this.problems = problems;
    this.broken = definitions.broken();
    for (SourceDefinition source : definitions.sources()) {
      sources.add(source.name());
      sources.add(source.rejected());
      if (source.kind() == SourceDefinition.Kind.ENTITY) {
        sources.add(source.name().withSuffix(References.HISTORY));
      }
    }
    Stream.<List<? extends Definition>>of(
            definitions.tables(),
            definitions.profiles(),
            definitions.datasets().stream().filter(DatasetDefinition::table).toList())
        .flatMap(List::stream)
        .map(Definition::name)
        .forEach(computed::add);
  }

  /** Reports names that nothing has, and tests that have the same name. */
  void check(Collection<TestDefinition> tests) {
    Map<String, TestDefinition> first = new HashMap<>();
    for (TestDefinition test : tests) {
      TestDefinition other = first.putIfAbsent(test.name().value(), test);
      if (other != null) {
        problems.add(
            Diagnostic.error(
                ProjectCode.DUPLICATE_DEFINITION,
                test.name().span(),
                "another test has this name (" + other.name().span() + ")",
                "say what tells them apart"));
      }
      test.given().forEach(this::checkGiven);
      test.expect().forEach(expected -> checkExpected(test, expected));
    }
  }

  private void checkGiven(Given given) {
    TableName name = given.relation().value();
    if (!sources.contains(name) && !computed.contains(name) && !isBroken(name)) {
      unknown(
          given.relation(),
          Stream.concat(sources.stream(), computed.stream()).collect(Collectors.toSet()));
    }
  }

  private void checkExpected(TestDefinition test, Expectation expected) {
    TableName name = expected.relation().value();
    if (sources.contains(name)) {
      problems.add(
          Diagnostic.error(
              ProjectCode.UNKNOWN_TABLE,
              expected.relation().span(),
              "'" + name + "' is a source, and nothing computes it",
              "tests expect rows of tables and profiles"));
    } else if (!computed.contains(name) && !isBroken(name)) {
      unknown(expected.relation(), computed);
    } else if (test.given().stream().anyMatch(given -> given.relation().value().equals(name))) {
      problems.add(
          Diagnostic.error(
              ProjectCode.CONFLICTING_KEYS,
              expected.relation().span(),
              "'" + name + "' is given and expected, so nothing would be computed",
              "give what it reads instead"));
    }
  }

  private boolean isBroken(TableName name) {
    return broken.contains(name)
        || Stream.of(References.HISTORY, "_rejected")
            .anyMatch(
                suffix -> broken.stream().anyMatch(one -> one.withSuffix(suffix).equals(name)));
  }

  private void unknown(Located<TableName> reference, Set<TableName> names) {
    Diagnostic found =
        Diagnostic.error(
            ProjectCode.UNKNOWN_TABLE, reference.span(), "no table '" + reference.value() + "'");
    Optional<String> help =
        References.didYouMean(reference.value(), names.stream().map(TableName::toString).toList());
    problems.add(help.map(found::withHelp).orElse(found));
  }
}
