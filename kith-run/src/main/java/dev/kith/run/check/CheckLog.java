package dev.kith.run.check;

import dev.kith.engine.Engine;
import dev.kith.engine.RowSink;
import dev.kith.engine.Session;
import dev.kith.engine.WriteMode;
import dev.kith.engine.WriteRequest;
import dev.kith.lake.LakeCode;
import dev.kith.lake.LakeTable;
import dev.kith.lake.Provenance;
import dev.kith.lake.TableLayout;
import dev.kith.lake.Warehouse;
import dev.kith.model.KithException;
import dev.kith.model.Severity;
import dev.kith.model.TableName;
import dev.kith.model.type.TableSchema;
import dev.kith.run.event.CheckResult;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps what came of checks: one commit to each of the {@link CheckTables} that gets rows. */
public final class CheckLog {

  private static final String STAGED = "kith_staged";
  private static final int ATTEMPTS = 5;

  private final Warehouse warehouse;
  private final Engine engine;
  private final ZoneId zone;
  private final String environment;

  public CheckLog(Warehouse warehouse, Engine engine, ZoneId zone, String environment) {
    this.warehouse = warehouse;
    this.engine = engine;
    this.zone = zone;
    this.environment = environment;
  }

  /**
   * Adds results; none commits nothing.
   *
   * @param release that was checked; empty for one that is yet to be published
   */
  public void keep(String run, Optional<String> release, List<CheckResult> results) {
    // Samples first: a result that tells of rows at fault always finds them.
    append(
        CheckTables.SAMPLES,
        run,
        results.stream().anyMatch(result -> !result.samples().isEmpty()),
        sink -> results.forEach(result -> samples(run, result, sink)));
    append(
        CheckTables.RESULTS,
        run,
        !results.isEmpty(),
        sink -> results.forEach(result -> sink.add(row(run, release, result))));
  }

  private static void samples(String run, CheckResult result, RowSink sink) {
    int number = 1;
    for (String sample : result.samples()) {
      sink.add(run, result.table().toString(), result.check(), number++, sample);
    }
  }

  private static @Nullable Object[] row(String run, Optional<String> release, CheckResult result) {
    return new @Nullable Object[] {
      run,
      release.orElse(null),
      result.table().toString(),
      result.check(),
      result.kind(),
      result.severity() == Severity.ERROR ? "error" : "warn",
      result.status().text(),
      result.observed().orElse(null),
      result.bound().orElse(null),
      result.failingRows().isPresent() ? result.failingRows().getAsLong() : null,
      result.message(),
      result.checkedAt()
    };
  }

  private void append(TableName name, String run, boolean any, Filling filling) {
    if (!any) {
      return;
    }
    TableSchema schema = CheckTables.schema(name);
    LakeTable table =
        warehouse.openOrCreate(CheckTables.physical(name, environment), TableLayout.of(schema));
    Provenance provenance =
        new Provenance(
            run, name.name(), Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
    try (Session session = engine.open(zone)) {
      try (RowSink sink = session.stage(STAGED, schema)) {
        filling.into(sink);
      }
      WriteRequest request =
          new WriteRequest(
              table.name(), "SELECT * FROM " + STAGED, new WriteMode.Append(), provenance, false);
      write(session, request);
      session.compact(table.name());
    }
  }

  /** Others may append at the same time: rows of both stay. */
  static void write(Session session, WriteRequest request) {
    write(session, request, ATTEMPTS);
  }

  private static void write(Session session, WriteRequest request, int attempts) {
    try {
      session.write(request);
    } catch (KithException fault) {
      if (fault.code() != LakeCode.CONFLICT || attempts == 1) {
        throw fault;
      }
      write(session, request, attempts - 1);
    }
  }

  /** Puts rows into a sink. */
  private interface Filling {
    void into(RowSink sink);
  }
}
