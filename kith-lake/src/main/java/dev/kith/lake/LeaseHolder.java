package dev.kith.lake;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Who has the {@link RunLease}.
 *
 * @param purpose what for, such as {@code run} or {@code clean}
 * @param expiresAt when it is free if it is not renewed
 */
record LeaseHolder(String purpose, ProcessIdentity process, Instant acquiredAt, Instant expiresAt) {

  boolean hasLost(Instant now) {
    return !expiresAt.isAfter(now) || process.hasEnded();
  }

  /** As people are told: {@code kith run, pid 4711 on host, since 2026-03-01T00:00:00Z}. */
  String text() {
    return "kith "
        + purpose
        + ", pid "
        + process.pid()
        + " on "
        + process.host()
        + ", since "
        + acquiredAt.truncatedTo(ChronoUnit.SECONDS);
  }
}
