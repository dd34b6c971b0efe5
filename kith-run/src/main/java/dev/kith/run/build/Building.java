package dev.kith.run.build;

import dev.kith.engine.Engine;
import dev.kith.engine.Input;
import dev.kith.engine.Session;
import dev.kith.engine.WriteMode;
import dev.kith.engine.WriteOutcome;
import dev.kith.engine.WriteRequest;
import dev.kith.lake.Failpoint;
import dev.kith.lake.LakeTable;
import dev.kith.lake.Provenance;
import dev.kith.lake.Warehouse;
import dev.kith.model.TableName;
import dev.kith.run.event.RunEvent;
import dev.kith.run.event.RunListener;
import dev.kith.run.graph.Relations;
import dev.kith.run.graph.Sampling;
import dev.kith.run.plan.RelationVersion;
import dev.kith.run.plan.Versions;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;

/**
 * What builders share in one run.
 *
 * @param asOf the instant of profiles, and of {@code :as_of} in tables
 * @param sampling what of sources' rows is read
 * @param environment that the results are for
 * @param watched whether listeners hear how far statements are
 */
public record Building(
    Warehouse warehouse,
    Engine engine,
    ZoneId zone,
    String run,
    Instant asOf,
    Relations relations,
    Versions versions,
    Sampling sampling,
    String environment,
    RunListener listener,
    boolean watched) {

  /** Does the work of one table in a session of its own. */
  public <T> T inSession(TableName table, String activity, Work<T> work) {
    listener.on(new RunEvent.Started(table, activity));
    try (Session session = engine.open(zone)) {
      if (!watched) {
        return work.apply(session);
      }
      session.watch();
      try (ProgressTicker ticker = new ProgressTicker(session, table, activity, listener)) {
        return work.apply(session);
      }
    }
  }

  /** Writes, records what made the rows even where none differs, and tidies the files. */
  public WriteOutcome write(
      Session session, LakeTable table, String sql, WriteMode mode, Provenance provenance) {
    WriteOutcome outcome =
        session.write(new WriteRequest(table.name(), sql, mode, provenance, true));
    Failpoint.TABLE_COMMITTED.hit();
    session.compact(table.name());
    return outcome;
  }

  /** Makes all rows of an input readable. */
  public void bindWhole(Session session, TableName name, Set<String> hiddenNamed) {
    new Bindings(session, sampling)
        .bind(name, versions.get(name), relations.find(name).orElseThrow().schema(), hiddenNamed);
  }

  /** Makes all rows of an input readable under another name than its own. */
  public void bindWhole(Session session, TableName as, TableName input, Set<String> hiddenNamed) {
    RelationVersion version = versions.get(input);
    new Bindings(session, sampling)
        .bind(
            as,
            input,
            new Input.Whole(version.version()),
            version.current(),
            relations.find(input).orElseThrow().schema(),
            hiddenNamed);
  }

  /** As {@link #bindWhole}, of an earlier version. */
  void bind(Session session, TableName as, TableName input, Input rows, Set<String> hiddenNamed) {
    new Bindings(session, sampling)
        .bind(
            as,
            input,
            rows,
            versions.get(input).current(),
            relations.find(input).orElseThrow().schema(),
            hiddenNamed);
  }

  /** Makes some rows of an input readable under a name. */
  public void bindPart(
      Session session, TableName as, TableName input, Input rows, Set<String> hiddenNamed) {
    new Bindings(session, sampling)
        .bindPart(as, input, rows, relations.find(input).orElseThrow().schema(), hiddenNamed);
  }

  /** Work on a session. */
  public interface Work<T> {
    T apply(Session session);
  }
}
