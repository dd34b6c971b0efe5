package dev.kith.lake;

import java.time.Instant;

/** Between which times values lie, both included. */
public record TimeRange(Instant first, Instant last) {

  TimeRange with(TimeRange other) {
    return new TimeRange(
        other.first.isBefore(first) ? other.first : first,
        other.last.isAfter(last) ? other.last : last);
  }
}
