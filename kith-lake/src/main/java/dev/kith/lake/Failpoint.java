package dev.kith.lake;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Moments of a run just after an effect outside the process. Tests end the process there, as a
 * power cut would, and then check that a plain run puts everything right.
 *
 * <p>The system property or environment variable {@code KITH_FAILPOINT} is {@code NAME}, or {@code
 * NAME:3} for the third time it is passed.
 */
public enum Failpoint {
  /** Data files are on the disk; no snapshot holds them. */
  FILES_WRITTEN,
  /** Rejected rows are committed, the accepted ones are not. */
  REJECTS_COMMITTED,
  /** A source's rows and cursor are committed. */
  ROWS_COMMITTED,
  /** A table's or profile's rows are committed. */
  TABLE_COMMITTED,
  /** A commit's deletion vectors are on the disk. */
  DELETES_WRITTEN,
  /** A table's columns were changed. */
  SCHEMA_CHANGED,
  /** A new physical table exists, empty. */
  TABLE_CREATED,
  /** A table's small files were joined. */
  COMPACTED,
  /** A release's manifest file is on the disk. */
  MANIFEST_WRITTEN,
  /** A release is in the database. */
  RELEASE_INSERTED,
  /** The snapshots of a release are tagged, those of one table at a time. */
  TAGS_SET,
  /** The plain names point at the release. */
  MIRROR_UPDATED,
  /** A run's end is recorded. */
  RUN_RECORDED;

  private static final @Nullable String ARMED = armed();

  private static final AtomicInteger HITS = new AtomicInteger();

  /** Ends the process with status 137 if this is the moment that was asked for. */
  public void hit() {
    if (ARMED == null) {
      return;
    }
    int colon = ARMED.indexOf(':');
    String name = colon < 0 ? ARMED : ARMED.substring(0, colon);
    int nth = colon < 0 ? 1 : Integer.parseInt(ARMED.substring(colon + 1));
    if (name.equals(name()) && HITS.incrementAndGet() == nth) {
      Runtime.getRuntime().halt(137);
    }
  }

  private static @Nullable String armed() {
    String property = System.getProperty("KITH_FAILPOINT");
    return property != null ? property : System.getenv("KITH_FAILPOINT");
  }
}
