package dev.kith.run.check;

import dev.kith.engine.Engine;
import dev.kith.engine.Input;
import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.engine.WriteMode;
import dev.kith.engine.WriteRequest;
import dev.kith.lake.PhysicalTable;
import dev.kith.lake.Provenance;
import dev.kith.lake.Snapshot;
import dev.kith.lake.TableVersion;
import dev.kith.lake.Warehouse;
import dev.kith.model.TableName;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Forgets what came of the checks of old runs. Results go before their samples, so that a result
 * that tells of rows at fault always finds them.
 */
public final class CheckRetention {

  private static final TableName STORED = TableName.of("kith_stored_checks");

  private final Warehouse warehouse;
  private final Engine engine;
  private final ZoneId zone;
  private final String run;

  /**
   * @param run that forgets, as snapshots record it
   */
  public CheckRetention(Warehouse warehouse, Engine engine, ZoneId zone, String run) {
    this.warehouse = warehouse;
    this.engine = engine;
    this.zone = zone;
    this.run = run;
  }

  /**
   * Forgets, in one commit to each table that loses rows.
   *
   * @param tables of {@link CheckTables}, of any environment
   * @param before names of runs that come before it are old
   * @param needed old runs whose checks stay all the same
   * @param dryRun only counts them
   */
  public ForgottenChecks forget(
      Set<PhysicalTable> tables, String before, Set<String> needed, boolean dryRun) {
    String old = " FROM " + STORED.quoted() + " WHERE " + isOld(before, needed);
    long results = 0;
    long samples = 0;
    for (PhysicalTable table : tables) {
      long rows = warehouse.exists(table) ? forget(table, old, dryRun) : 0;
      if (table.name().startsWith(CheckTables.SAMPLES.name())) {
        samples += rows;
      } else {
        results += rows;
      }
    }
    return new ForgottenChecks(results, samples);
  }

  private static String isOld(String before, Set<String> needed) {
    String old = "run < " + CheckTables.literal(before);
    return needed.isEmpty()
        ? old
        : needed.stream()
            .sorted()
            .map(CheckTables::literal)
            .collect(Collectors.joining(", ", old + " AND run NOT IN (", ")"));
  }

  private long forget(PhysicalTable table, String old, boolean dryRun) {
    Optional<Snapshot> head = warehouse.table(table).head();
    if (head.isEmpty()) {
      return 0;
    }
    try (Session session = engine.open(zone)) {
      session.bind(STORED, new Input.Whole(new TableVersion(table, head.get().id())), Set.of());
      long rows = count(session, old);
      if (rows > 0 && !dryRun) {
        CheckLog.write(
            session,
            new WriteRequest(
                table,
                "SELECT * FROM " + STORED.quoted() + " WHERE false",
                new WriteMode.ReplaceKeys(List.of("run"), "SELECT DISTINCT run" + old),
                provenance(table),
                false));
        session.compact(table);
      }
      return rows;
    }
  }

  private static long count(Session session, String old) {
    try (Rows rows = session.query("SELECT count(*)" + old)) {
      rows.next();
      return ((Number) Objects.requireNonNull(rows.value(0))).longValue();
    }
  }

  private Provenance provenance(PhysicalTable table) {
    return new Provenance(
        run, table.name(), Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
