package dev.kith.cli;

import dev.kith.run.event.RunEvent;
import dev.kith.run.event.RunListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What people want to know of a run that failed, beside the fault: what else did, and where more
 * is.
 */
final class FaultNotes {

  private final List<RunEvent.Failed> failed = new ArrayList<>();
  private @Nullable Path log;
  private int skipped;

  /** Takes notes of what is told to a listener. */
  RunListener before(RunListener listener) {
    return event -> {
      note(event);
      listener.on(event);
    };
  }

  private void note(RunEvent event) {
    if (event instanceof RunEvent.Began began) {
      log = began.log().orElse(null);
    } else if (event instanceof RunEvent.Failed failure && failure.goesOn()) {
      failed.add(failure);
    } else if (event instanceof RunEvent.Skipped) {
      skipped++;
    }
  }

  /**
   * @param folder that paths are told relative to, as far as they lie in it
   */
  List<String> lines(Path folder) {
    List<String> lines = new ArrayList<>();
    if (!failed.isEmpty()) {
      String names =
          failed.stream()
              .map(each -> each.table() + " (" + each.fault().code().id() + ")")
              .collect(Collectors.joining(", "));
      String others = skipped == 0 ? "" : "; skipped: " + skipped;
      lines.add("failed: " + names + others + "; nothing was published");
    }
    if (log != null) {
      lines.add("log: " + (log.startsWith(folder) ? folder.relativize(log) : log));
    }
    return lines;
  }
}
