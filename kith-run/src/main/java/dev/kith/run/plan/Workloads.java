package dev.kith.run.plan;

import dev.kith.lake.ChangedFile;
import dev.kith.lake.LakeTable;
import dev.kith.lake.TimeRange;
import dev.kith.lake.Warehouse;
import dev.kith.measures.EventLoad;
import dev.kith.measures.Interval;
import dev.kith.model.TableName;
import dev.kith.run.graph.Node;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Finds out how much there is to do about profiles, without reading a row. */
final class Workloads {

  /** Of the values of events, how many are different ones of their person; a guess. */
  private static final double DIFFERENT = 0.5;

  private static final Duration USUAL_STEP = Duration.ofDays(1);

  private final Warehouse warehouse;
  private final Versions versions;
  private final ZoneId zone;

  /**
   * @param zone the project's
   */
  Workloads(Warehouse warehouse, Versions versions, ZoneId zone) {
    this.warehouse = warehouse;
    this.versions = versions;
    this.zone = zone;
  }

  /**
   * What an update has to do. Of rows that are yet to come it takes as many as there were in such a
   * time before.
   *
   * @param base the profile as it is
   * @param asOf the wanted instant; a day on if it is not known yet
   */
  Workload of(Node.ProfileNode profile, Standing base, KeptState state, Optional<Instant> asOf) {
    Instant from = base.snapshot().provenance().asOf().orElseThrow();
    Instant to = asOf.orElseGet(() -> from.plus(USUAL_STEP));
    long rows = 0;
    long moved = 0;
    for (TableName input : profile.inputs()) {
      if (versions.has(input)) {
        rows += versions.snapshot(input).totals().rows();
        moved += changed(base, input);
      }
    }
    long people = base.snapshot().totals().rows();
    double values = 0;
    long unfollowed = 0;
    for (EventLoad load : EventLoad.of(profile.plan(), from, to, zone)) {
      TableName input = load.events().relation();
      if (versions.has(input)) {
        long events = versions.snapshot(input).totals().rows();
        moved += crossed(load, input, events);
        values += people * load.keptByPerson() + DIFFERENT * events * load.keptByValue();
        unfollowed += load.anew() ? events : 0;
      }
    }
    double guess = values;
    long kept = state.rows().orElseGet(() -> Math.round(guess));
    return new Workload(rows, moved, people, kept, state.schemas().size(), unfollowed);
  }

  private long changed(Standing base, TableName input) {
    return versions
        .changes(base, input)
        .map(changes -> rows(changes.added()) + rows(changes.removed()))
        .orElse(0L);
  }

  private static long rows(List<ChangedFile> files) {
    return files.stream().mapToLong(ChangedFile::rowsAtMost).sum();
  }

  /** As if events had come evenly from the first to the last, and went on to come. */
  private long crossed(EventLoad load, TableName input, long events) {
    RelationVersion version = versions.get(input);
    LakeTable table = warehouse.table(version.table());
    Optional<TimeRange> times = table.times(version.snapshot(), load.events().at().name());
    if (times.isEmpty() || !times.get().first().isBefore(times.get().last())) {
      return 0;
    }
    Interval sinceFirst = new Interval(times.get().first(), Instant.MAX);
    double crossed =
        load.crossed().stream().map(sinceFirst::overlap).mapToDouble(Workloads::seconds).sum();
    double history = seconds(Duration.between(times.get().first(), times.get().last()));
    return Math.round(Math.min(1, crossed / history) * events);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
