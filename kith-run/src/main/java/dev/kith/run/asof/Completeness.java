package dev.kith.run.asof;

import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.measures.DatasetPlan.Label;
import dev.kith.measures.EventTable;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Up to when the events of labels are all there: as it is said, else up to the newest. */
final class Completeness {

  private final Session session;
  private final Map<EventTable, Instant> newest = new HashMap<>();

  /**
   * @param session in which the tables are bound
   */
  Completeness(Session session) {
    this.session = session;
  }

  /** By the names of the labels, in lower case. */
  Map<String, Instant> of(List<Label> labels) {
    Map<String, Instant> completeUntil = new HashMap<>();
    for (Label label : labels) {
      Instant until =
          label
              .completeUntil()
              .orElseGet(() -> newest.computeIfAbsent(label.events(), this::newest));
      completeUntil.put(label.column().toLowerCase(Locale.ROOT), until);
    }
    return completeUntil;
  }

  private Instant newest(EventTable events) {
    String sql =
        "SELECT CAST(max(%s) AS TIMESTAMP WITH TIME ZONE) FROM %s"
            .formatted(events.at().quotedName(), events.relation().quoted());
    try (Rows rows = session.query(sql)) {
      rows.next();
      @Nullable Instant found = (Instant) rows.value(0);
      return found == null ? Instant.MIN : found;
    }
  }
}
