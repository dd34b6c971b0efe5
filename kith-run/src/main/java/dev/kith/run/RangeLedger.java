package dev.kith.run;

import dev.kith.lake.Release;
import dev.kith.model.KithException;
import dev.kith.model.TableName;
import dev.kith.run.fault.RunCode;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.plan.Basis;
import dev.kith.run.plan.DayTables;
import dev.kith.run.plan.Decider;
import dev.kith.run.plan.Heads;
import dev.kith.run.plan.Versions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Finds out which days of a range are done. Releases are the record: a day is done if one of them
 * has its tables as they would be built now, so a range goes on where it stopped, and late rows or
 * another definition make a day one to be built again.
 */
final class RangeLedger {

  private final Workspace workspace;
  private final RunOptions options;
  private final Set<TableName> uncertain;
  private final DayTables tables;

  /**
   * @param versions of the relations of sources, as they are now
   * @param changing names whose rows will be others than they are now
   * @param uncertain sources that may have new rows
   */
  RangeLedger(
      Workspace workspace,
      RunOptions options,
      Blueprint blueprint,
      Versions versions,
      Set<TableName> changing,
      Set<TableName> uncertain) {
    this.workspace = workspace;
    this.options = options;
    this.uncertain = uncertain;
    Basis basis = workspace.basis();
    Heads heads = new Heads(workspace.warehouse());
    Decider decider =
        new Decider(
            heads,
            basis,
            workspace.sampling(),
            workspace.uses(blueprint),
            workspace.definitions(),
            zone(),
            false);
    this.tables =
        DayTables.of(
            blueprint,
            options.selection().of(blueprint),
            decider,
            heads,
            basis,
            versions,
            changing);
    if (tables.isEmpty()) {
      throw KithException.usage(
              RunCode.NOTHING_BY_DAY,
              String.valueOf(options.selection()),
              "Cannot build a range of days: nothing that is selected depends on the day")
          .withHelp("select a profile, or a table that uses :as_of");
    }
  }

  /** The last day counts only if readers see it: they do after every run of the range. */
  RangeProgress progress(DayRange range) {
    SortedSet<TableName> unless = tables.sources();
    unless.retainAll(uncertain);
    SortedMap<LocalDate, Release> done = new TreeMap<>();
    if (options.fullRefresh()) {
      return new RangeProgress(range, done, unless);
    }
    List<Release> chain = workspace.warehouse().releases().history(workspace.environment());
    for (Release release : chain) {
      Optional<LocalDate> day =
          tables.instant(release).flatMap(this::day).filter(found -> isIn(range, found));
      if (day.isPresent()
          && !done.containsKey(day.get())
          && (!day.get().equals(range.last()) || release.id().equals(chain.get(0).id()))
          && tables.areAsWanted(release)) {
        done.put(day.get(), release);
      }
    }
    return new RangeProgress(range, done, unless);
  }

  /** The day that begins at an instant, if one does. */
  private Optional<LocalDate> day(Instant instant) {
    LocalDate day = LocalDate.ofInstant(instant, zone());
    return Optional.of(day).filter(found -> found.atStartOfDay(zone()).toInstant().equals(instant));
  }

  private static boolean isIn(DayRange range, LocalDate day) {
    return !day.isBefore(range.first()) && !day.isAfter(range.last());
  }

  private ZoneId zone() {
    return workspace.project().settings().timezone();
  }
}
