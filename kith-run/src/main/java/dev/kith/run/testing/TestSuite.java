package dev.kith.run.testing;

import dev.kith.engine.Engine;
import dev.kith.engine.Session;
import dev.kith.model.Diagnostic;
import dev.kith.model.FaultCategory;
import dev.kith.model.KithException;
import dev.kith.model.Problems;
import dev.kith.model.ProjectFaultException;
import dev.kith.model.TableName;
import dev.kith.model.definition.TestDefinition;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.graph.Node;
import dev.kith.run.testing.TestOutcome.Verdict;
import dev.kith.sql.SqlAnalyzer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The tests of a project that was understood, each ready to run. */
public final class TestSuite {

  private final Blueprint blueprint;
  private final ZoneId zone;
  private final Clock clock;
  private final Map<TableName, Node> nodes = new HashMap<>();
  private final List<TestPlan> plans = new ArrayList<>();

  private TestSuite(Blueprint blueprint, ZoneId zone, Clock clock) {
    this.blueprint = blueprint;
    this.zone = zone;
    this.clock = clock;
    blueprint.nodes().forEach(node -> nodes.put(node.name(), node));
  }

  /**
   * Makes tests ready; what is wrong with them goes to the problems. A test of something that was
   * not understood is left out, since that is reported elsewhere.
   *
   * @param folder the project's
   * @param unknown sources that are left out of the blueprint, and why
   */
  public static TestSuite of(
      List<TestDefinition> tests,
      Blueprint blueprint,
      Map<TableName, Diagnostic> unknown,
      Path folder,
      ZoneId zone,
      SqlAnalyzer analyzer,
      Clock clock,
      Problems problems) {
    TestSuite suite = new TestSuite(blueprint, zone, clock);
    RowReader rows = new RowReader(folder, analyzer, problems);
    TestPlanner planner = new TestPlanner(blueprint, unknown, rows, zone, problems);
    tests.forEach(test -> planner.plan(test).ifPresent(suite.plans::add));
    return suite;
  }

  /**
   * Runs the tests in order.
   *
   * @param listener sees each as it is done
   * @throws KithException if something outside fails
   */
  public List<TestOutcome> run(Engine engine, Consumer<TestOutcome> listener) {
    List<TestOutcome> outcomes = new ArrayList<>();
    for (TestPlan plan : plans) {
      Instant begin = clock.instant();
      Verdict verdict = verdict(plan, engine);
      TestOutcome outcome =
          new TestOutcome(plan.test(), verdict, Duration.between(begin, clock.instant()));
      outcomes.add(outcome);
      listener.accept(outcome);
    }
    return outcomes;
  }

  private Verdict verdict(TestPlan plan, Engine engine) {
    Problems problems = new Problems();
    try (Session session = engine.open(zone)) {
      List<TableDifference> differences =
          new TestExecution(plan, blueprint.relations(), nodes, session, zone, problems).run();
      return differences.isEmpty() ? new Verdict.Passed() : new Verdict.Failed(differences);
    } catch (ProjectFaultException fault) {
      return new Verdict.Broken(fault.diagnostics().get(0));
    } catch (KithException fault) {
      if (fault.category() != FaultCategory.PROJECT) {
        throw fault;
      }
      Diagnostic diagnostic =
          Diagnostic.error(
              fault.code(), plan.test().name().span(), String.valueOf(fault.getMessage()));
      return new Verdict.Broken(fault.help().map(diagnostic::withHelp).orElse(diagnostic));
    }
  }
}
