package dev.kith.sources;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/**
 * Local timestamps as instants, in SQL and yet exactly as {@code java.time} does it: in a gap and
 * in an overlap the offset before the change holds. So the offset is a step function of the local
 * time, which changes where a gap or an overlap ends, and becomes a balanced tree of comparisons.
 * (The engine's own conversion takes the later offset in an overlap.)
 */
final class LocalInstants {

  private final List<ZoneOffsetTransition> transitions = new ArrayList<>();
  private final ZoneOffset first;

  /**
   * @param from no local timestamp is before
   * @param to no local timestamp is after
   */
  LocalInstants(ZoneId zone, LocalDateTime from, LocalDateTime to) {
    ZoneRules rules = zone.getRules();
    Instant end = to.toInstant(ZoneOffset.UTC).plusSeconds(86_400);
    Instant start = from.toInstant(ZoneOffset.UTC).minusSeconds(86_400);
    ZoneOffsetTransition next = rules.nextTransition(start);
    while (next != null && next.getInstant().isBefore(end)) {
      transitions.add(next);
      next = rules.nextTransition(next.getInstant());
    }
    first = transitions.isEmpty() ? rules.getOffset(start) : transitions.get(0).getOffsetBefore();
  }

  /** The instant of an expression of type TIMESTAMP. */
  String sql(String local) {
    return "make_timestamptz(epoch_us(%s) - %s)"
        .formatted(local, offset(local, 0, transitions.size()));
  }

  /** Of the transitions from (inclusive) to (exclusive), the offset after the last that is over. */
  private String offset(String local, int from, int to) {
    if (from == to) {
      ZoneOffset offset = from == 0 ? first : transitions.get(from - 1).getOffsetAfter();
      return Long.toString(offset.getTotalSeconds() * 1_000_000L);
    }
    int middle = (from + to) >>> 1;
    ZoneOffsetTransition transition = transitions.get(middle);
    LocalDateTime over =
        transition.isGap() ? transition.getDateTimeAfter() : transition.getDateTimeBefore();
    return "CASE WHEN %s < TIMESTAMP '%s' THEN %s ELSE %s END"
        .formatted(
            local,
            over.toString().replace('T', ' '),
            offset(local, from, middle),
            offset(local, middle + 1, to));
  }
}
