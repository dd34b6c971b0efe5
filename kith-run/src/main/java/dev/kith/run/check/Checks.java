package dev.kith.run.check;

import dev.kith.engine.Session;
import dev.kith.lake.Release;
import dev.kith.model.Severity;
import dev.kith.model.definition.Check;
import dev.kith.model.definition.Expectation;
import dev.kith.run.build.Building;
import dev.kith.run.event.CheckResult;
import dev.kith.run.event.CheckResult.Status;
import dev.kith.run.event.RunEvent;
import dev.kith.run.graph.CheckedTable;
import dev.kith.run.graph.ResolvedCheck;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Holds a table against what its definition demands. All that concerns its rows one by one is found
 * in a single scan; rows at fault are looked for only where there are any.
 */
public final class Checks {

  private static final int EXAMPLES = 3;

  private final Building building;
  private final Baselines baselines;
  private final Clock clock;

  /**
   * @param building whose versions have the table, and all that its checks read
   * @param before the release to compare with
   */
  public Checks(Building building, Optional<Release> before, Clock clock) {
    this.building = building;
    this.baselines = new Baselines(building.warehouse(), before);
    this.clock = clock;
  }

  /** The results, in the order of the definition. Listeners hear of them. */
  public List<CheckResult> run(CheckedTable table) {
    Instant begin = clock.instant();
    building.listener().on(new RunEvent.Started(table.name(), "checking"));
    List<CheckResult> results = new ArrayList<>();
    try (Session session = building.engine().open(building.zone())) {
      building.bindWhole(session, table.name(), Set.of());
      Measuring measuring =
          new Measuring(
              building, session, table, new TableScan(session, table.name().quoted()), baselines);
      List<Measurement> measurements =
          table.checks().stream().map(check -> measurement(check, measuring)).toList();
      for (int i = 0; i < measurements.size(); i++) {
        results.add(result(table, table.checks().get(i).check(), measurements.get(i).take()));
      }
    }
    Duration duration = Duration.between(begin, clock.instant());
    building.listener().on(new RunEvent.Checked(table.name(), results, duration));
    return results;
  }

  private static Measurement measurement(ResolvedCheck resolved, Measuring measuring) {
    Expectation expectation = resolved.check().expectation();
    if (expectation instanceof Expectation.Unique unique) {
      return new UniqueMeasurement(measuring, unique);
    }
    if (expectation instanceof Expectation.Relationship relationship) {
      return new RelationshipMeasurement(measuring, relationship);
    }
    if (expectation instanceof Expectation.RowCount count) {
      return new RowCountMeasurement(measuring, count);
    }
    if (expectation instanceof Expectation.Freshness freshness) {
      return new FreshnessMeasurement(measuring, freshness);
    }
    if (expectation instanceof Expectation.Distribution distribution) {
      return new DistributionMeasurement(measuring, distribution);
    }
    return resolved
        .query()
        .<Measurement>map(query -> new SqlMeasurement(measuring, query))
        .orElseGet(() -> new RowMeasurement(measuring, resolved.rules()));
  }

  private CheckResult result(CheckedTable table, Check check, Finding finding) {
    return new CheckResult(
        table.name(),
        check.name(),
        check.expectation().kind(),
        check.severity(),
        status(finding, check.severity()),
        finding.observed(),
        finding.bound(),
        finding.failingRows(),
        finding.message(),
        check.description(),
        finding.sample().stream().limit(EXAMPLES).map(SampleRow::example).toList(),
        finding.sample().stream().map(SampleRow::json).toList(),
        clock.instant());
  }

  private static Status status(Finding finding, Severity severity) {
    return switch (finding.verdict()) {
      case HOLDS -> Status.PASSED;
      case INCOMPARABLE -> Status.SKIPPED;
      case BROKEN -> severity == Severity.ERROR ? Status.FAILED : Status.WARNED;
    };
  }
}
