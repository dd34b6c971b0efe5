package dev.kith.run.check;

import dev.kith.lake.Release;
import dev.kith.lake.ReleaseEntry;
import dev.kith.model.KithException;
import dev.kith.model.TableName;
import dev.kith.run.build.Building;
import dev.kith.run.event.CheckResult;
import dev.kith.run.fault.RunCode;
import dev.kith.run.graph.CheckedTable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The checks of a run: each table's run as soon as it and all that they read have been brought up
 * to date, on what is to be published. A table that is published already, with the same checks and
 * nothing else that they read changed, has passed them.
 */
public final class CheckStage implements AutoCloseable {

  private final Building building;
  private final Map<TableName, CheckedTable> tables;
  private final List<Release> passed;
  private final Checks checks;
  private final CheckLog log;
  private final Set<TableName> waiting;
  private final List<CheckResult> results = new ArrayList<>();

  /**
   * @param tables with checks
   * @param before what tables are compared with
   * @param passed releases whose tables have passed their checks
   */
  public CheckStage(
      Building building,
      Map<TableName, CheckedTable> tables,
      Optional<Release> before,
      List<Release> passed,
      Clock clock) {
    this.building = building;
    this.tables = tables;
    this.passed = List.copyOf(passed);
    this.checks = new Checks(building, before, clock);
    this.log =
        new CheckLog(
            building.warehouse(), building.engine(), building.zone(), building.environment());
    this.waiting = new LinkedHashSet<>(tables.keySet());
  }

  /**
   * The tables whose checks can and must run by now; each is named once.
   *
   * @param entries of the release to be, as far as it is known
   */
  public List<TableName> due(Map<TableName, ReleaseEntry> entries) {
    List<TableName> due = new ArrayList<>();
    for (TableName name : List.copyOf(waiting)) {
      CheckedTable table = table(name);
      if (entries.containsKey(name) && entries.keySet().containsAll(table.reads())) {
        waiting.remove(name);
        if (!isKnown(table, entries)) {
          due.add(name);
        }
      }
    }
    return due;
  }

  private CheckedTable table(TableName name) {
    return Objects.requireNonNull(tables.get(name));
  }

  /**
   * Runs the checks of a table.
   *
   * @throws KithException of category check if one of severity error fails
   */
  public void run(TableName name) {
    List<CheckResult> found = checks.run(table(name));
    results.addAll(found);
    if (!CheckFailure.failed(found).isEmpty()) {
      throw CheckFailure.of(name, building.run(), found);
    }
  }

  /**
   * At the end, makes sure that nothing is published whose checks could not run.
   *
   * @throws KithException with {@link RunCode#NOT_SELECTED}
   */
  public void requireDone(Map<TableName, ReleaseEntry> entries) {
    for (TableName name : waiting) {
      for (TableName read : table(name).reads()) {
        if (entries.containsKey(name) && !entries.containsKey(read)) {
          throw KithException.usage(
                  RunCode.NOT_SELECTED,
                  name.toString(),
                  "Cannot check '%s': its checks read '%s', which was never published and is not selected"
                      .formatted(name, read))
              .withHelp("select it too");
        }
      }
    }
  }

  /** Keeps the results for people to look at, however the run goes on. */
  @Override
  public void close() {
    log.keep(building.run(), Optional.empty(), results);
  }

  private boolean isKnown(CheckedTable table, Map<TableName, ReleaseEntry> entries) {
    return passed.stream()
        .anyMatch(
            release ->
                isSame(release, table.name(), entries)
                    && table.reads().stream().allMatch(name -> isSame(release, name, entries)));
  }

  private static boolean isSame(
      Release release, TableName name, Map<TableName, ReleaseEntry> entries) {
    return release.entry(name).equals(Optional.ofNullable(entries.get(name)));
  }
}
