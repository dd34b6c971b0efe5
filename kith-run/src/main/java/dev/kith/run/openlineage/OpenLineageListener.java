package dev.kith.run.openlineage;

import dev.kith.model.Diagnostic;
import dev.kith.model.SourceSpan;
import dev.kith.model.TableName;
import dev.kith.run.event.CheckResult;
import dev.kith.run.event.RunEvent;
import dev.kith.run.event.RunListener;
import dev.kith.run.fault.RunCode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Tells of a run as OpenLineage has it: one job for the run, and one below it for each table that
 * is worked on. Passes all events on. What goes wrong with telling is a warning, and never the
 * run's fault.
 */
public final class OpenLineageListener implements RunListener, AutoCloseable {

  private final RunListener next;
  private final EventWriter events;
  private final Outbox outbox;
  private final String run = UUID.randomUUID().toString();
  private final Map<TableName, String> open = new HashMap<>();
  private final Map<TableName, Long> rows = new HashMap<>();
  private final Set<TableName> told = new HashSet<>();

  private OpenLineageListener(RunListener next, EventWriter events, Outbox outbox) {
    this.next = next;
    this.events = events;
    this.outbox = outbox;
  }

  /**
   * Tells that the run begins, and from then on all that is told to it.
   *
   * @param next hears of the same
   */
  public static OpenLineageListener begin(RunSubject subject, RunListener next) {
    EventSink sink = EventSink.of(subject.settings().target(), subject.folder());
    Outbox outbox =
        new Outbox(
            sink,
            reason -> {
              synchronized (next) {
                next.on(new RunEvent.Warned(List.of(warning(reason))));
              }
            });
    OpenLineageListener listener = new OpenLineageListener(next, new EventWriter(subject), outbox);
    listener.send(() -> listener.events.run("START", listener.run, ""));
    return listener;
  }

  private static Diagnostic warning(String reason) {
    return Diagnostic.warning(
            RunCode.LINEAGE_NOT_TOLD,
            SourceSpan.startOf("kith.yaml"),
            "lineage is not told of from here on: " + reason)
        .withHelp("the run goes on; see to 'lineage:' before the next one");
  }

  /** What makes an event. */
  private interface Telling {
    String event();
  }

  private void send(Telling telling) {
    try {
      outbox.send(telling.event());
    } catch (RuntimeException e) {
      outbox.fail("an event could not be written: " + e.getMessage());
    }
  }

  @Override
  public void on(RunEvent event) {
    synchronized (next) {
      next.on(event);
    }
    if (event instanceof RunEvent.Started started) {
      started(started.table());
    } else if (event instanceof RunEvent.Built built) {
      started(built.table());
      rows.put(built.table(), built.rows());
      done(built.table(), built.rows());
    } else if (event instanceof RunEvent.Ingested ingested) {
      started(ingested.source());
      done(ingested.source(), EventWriter.UNKNOWN);
    } else if (event instanceof RunEvent.Checked checked) {
      checked(checked.table(), checked.results());
    } else if (event instanceof RunEvent.Failed failed) {
      started(failed.table());
      failed(failed.table(), String.valueOf(failed.fault().getMessage()));
    } else if (event instanceof RunEvent.UpToDate same && open.containsKey(same.table())) {
      done(same.table(), same.rows());
    }
  }

  private void checked(TableName table, List<CheckResult> results) {
    boolean failed =
        results.stream().anyMatch(result -> result.status() == CheckResult.Status.FAILED);
    String id = UUID.randomUUID().toString();
    long known = rows.getOrDefault(table, EventWriter.UNKNOWN);
    for (String type : List.of("START", failed ? "FAIL" : "COMPLETE")) {
      send(() -> events.checks(type, run, id, table, known, results));
    }
  }

  private void started(TableName table) {
    if (told.add(table)) {
      String id = UUID.randomUUID().toString();
      open.put(table, id);
      send(() -> events.table("START", run, id, table, EventWriter.UNKNOWN, ""));
    }
  }

  private void done(TableName table, long rows) {
    String id = open.remove(table);
    if (id != null) {
      send(() -> events.table("COMPLETE", run, id, table, rows, ""));
    }
  }

  private void failed(TableName table, String message) {
    String id = open.remove(table);
    if (id != null) {
      send(() -> events.table("FAIL", run, id, table, EventWriter.UNKNOWN, message));
    }
  }

  /** The run has done what it should. */
  public void completed() {
    open.forEach(
        (table, id) ->
            send(() -> events.table("COMPLETE", run, id, table, EventWriter.UNKNOWN, "")));
    open.clear();
    send(() -> events.run("COMPLETE", run, ""));
  }

  /** The run has failed, and with it what it was at. */
  public void failed(RuntimeException fault) {
    String message = String.valueOf(fault.getMessage());
    Set.copyOf(open.keySet()).forEach(table -> failed(table, message));
    send(() -> events.run("FAIL", run, message));
  }

  /** Waits for what is still to be sent, but not forever. */
  @Override
  public void close() {
    outbox.close();
  }
}
