package dev.kith.run.record;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.model.Diagnostic;
import dev.kith.model.FaultCategory;
import dev.kith.model.KithException;
import dev.kith.model.ProjectFaultException;
import dev.kith.model.TableName;
import dev.kith.run.event.CheckResult;
import dev.kith.run.event.RunEvent;
import dev.kith.run.plan.Plan;
import dev.kith.run.plan.Stage;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Events of a run as JSON objects of one line: {@code time}, {@code run}, {@code event}, the {@code
 * table} if it is about one, and what else is known.
 *
 * <p>Nothing secret and no people's data get into it: of a fault in the project or its data, the
 * message may quote a value, so only its code and what that means are told.
 */
final class LogLines {

  private static final JsonMapper JSON = new JsonMapper();

  private final String run;
  private final Clock clock;

  LogLines(String run, Clock clock) {
    this.run = run;
    this.clock = clock;
  }

  String began() {
    return event("began").toString();
  }

  String ended(Duration duration) {
    return timed(event("ended"), duration).toString();
  }

  String failed(KithException fault) {
    return withFault(event("failed"), fault).toString();
  }

  /** For a fault that Kith did not expect; where it arose helps who mends it. */
  String bug(RuntimeException fault) {
    ObjectNode line = event("failed");
    if (fault instanceof ProjectFaultException project) {
      codes(line, project.diagnostics());
      return line.toString();
    }
    line.put("fault", fault.getClass().getName());
    StackTraceElement[] trace = fault.getStackTrace();
    if (trace.length > 0) {
      line.put("at", trace[0].toString());
    }
    return line.toString();
  }

  /** Nothing for those that only tell how far something is. */
  Optional<String> of(RunEvent event) {
    return line(event).map(ObjectNode::toString);
  }

  private Optional<ObjectNode> line(RunEvent event) {
    if (event instanceof RunEvent.Warned warned) {
      return Optional.of(codes(event("warned"), warned.warnings()));
    }
    if (event instanceof RunEvent.Planned planned) {
      return Optional.of(planned(planned.plan()));
    }
    if (event instanceof RunEvent.DayBegan began) {
      return Optional.of(
          event("day_began")
              .put("day", began.day().toString())
              .put("number", began.number())
              .put("days", began.days()));
    }
    if (event instanceof RunEvent.Started started) {
      return Optional.of(about("started", started.table()).put("activity", started.activity()));
    }
    if (event instanceof RunEvent.UpToDate done) {
      return Optional.of(about("up_to_date", done.table()).put("rows", done.rows()));
    }
    if (event instanceof RunEvent.Ingested done) {
      return Optional.of(ingested(done));
    }
    if (event instanceof RunEvent.Built done) {
      return Optional.of(built(done));
    }
    if (event instanceof RunEvent.Copied done) {
      return Optional.of(copied(done));
    }
    if (event instanceof RunEvent.Checked done) {
      return Optional.of(checked(done));
    }
    if (event instanceof RunEvent.Retried again) {
      ObjectNode line =
          about("retried", again.table())
              .put("attempt", again.attempt())
              .put("attempts", again.attempts())
              .put("wait_ms", again.pause().toMillis());
      return Optional.of(withFault(line, again.fault()));
    }
    if (event instanceof RunEvent.Failed failed) {
      return Optional.of(withFault(about("table_failed", failed.table()), failed.fault()));
    }
    if (event instanceof RunEvent.Skipped skipped) {
      return Optional.of(
          about("skipped", skipped.table()).put("because", skipped.because().toString()));
    }
    if (event instanceof RunEvent.Published published) {
      return Optional.of(event("published").put("release", published.release()));
    }
    return Optional.empty();
  }

  private ObjectNode planned(Plan plan) {
    return event("planned")
        .put("environment", plan.environment())
        .put("sources", count(plan, Stage.Read.class))
        .put("build", count(plan, Stage.Build.class))
        .put("keep", count(plan, Stage.Keep.class));
  }

  private static long count(Plan plan, Class<? extends Stage> kind) {
    return plan.stages().stream().filter(kind::isInstance).count();
  }

  private ObjectNode ingested(RunEvent.Ingested done) {
    RunEvent.IngestCounts counts = done.counts();
    ObjectNode line =
        about("ingested", done.source())
            .put("input", counts.input())
            .put("rows", done.rows())
            .put("read", counts.read())
            .put("added", counts.added())
            .put("duplicates", counts.duplicates())
            .put("rejected", counts.rejected())
            .put("deleted", counts.deleted())
            .put("bytes_read", counts.bytes())
            .put("warnings", done.warnings().size());
    return timed(line, done.duration());
  }

  private ObjectNode built(RunEvent.Built done) {
    ObjectNode line =
        about("built", done.table())
            .put("reason", done.reason().kind())
            .put("method", done.method().getClass().getSimpleName().toLowerCase(Locale.ROOT))
            .put("rows_read", done.reading().rows())
            .put("rows", done.rows())
            .put("added", done.rowsAdded())
            .put("deleted", done.rowsDeleted())
            .put("bytes_written", done.bytesWritten());
    return timed(line, done.duration());
  }

  private ObjectNode copied(RunEvent.Copied done) {
    ObjectNode line =
        about("copied", done.profile())
            .put("events", done.events().toString())
            .put("anew", done.anew())
            .put("rows", done.rows())
            .put("added", done.rowsAdded())
            .put("deleted", done.rowsDeleted())
            .put("bytes_written", done.bytesWritten());
    return timed(line, done.duration());
  }

  private ObjectNode checked(RunEvent.Checked done) {
    ObjectNode line = about("checked", done.table());
    for (CheckResult.Status status : CheckResult.Status.values()) {
      long count = done.results().stream().filter(result -> result.status() == status).count();
      if (count > 0) {
        line.put(status.text(), count);
      }
    }
    return timed(line, done.duration());
  }

  private static ObjectNode codes(ObjectNode line, List<Diagnostic> diagnostics) {
    diagnostics.stream()
        .map(diagnostic -> diagnostic.code().id() + " " + diagnostic.span())
        .forEach(line.putArray("diagnostics")::add);
    return line;
  }

  private static ObjectNode withFault(ObjectNode line, KithException fault) {
    line.put("code", fault.code().id());
    line.put("category", fault.category().name().toLowerCase(Locale.ROOT));
    line.put("subject", fault.subject());
    line.put("summary", fault.code().summary());
    if (fault.category() == FaultCategory.OUTSIDE || fault.category() == FaultCategory.USAGE) {
      line.put("message", String.valueOf(fault.getMessage()));
    }
    return line;
  }

  private static ObjectNode timed(ObjectNode line, Duration duration) {
    return line.put("ms", duration.toMillis());
  }

  private ObjectNode about(String name, TableName table) {
    return event(name).put("table", table.toString());
  }

  private ObjectNode event(String name) {
    return JSON.createObjectNode()
        .put("time", clock.instant().toString())
        .put("run", run)
        .put("event", name);
  }
}
