package dev.kith.lake;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Rows of a file that came or went. The rows are those at {@code positions} where given, else those
 * that are not {@link ScanFile#deleted() deleted}; of these, only rows whose last update lies
 * within the bounds, where given.
 *
 * <p>A row's last update is its {@code _last_updated_sequence_number} (field id 2147483539). A file
 * with bounds came out of a compaction and has that column; where it is NULL, the file's {@link
 * ScanFile#dataSequenceNumber()} counts.
 *
 * @param updatedAfter exclusive
 * @param updatedUpTo inclusive
 */
public record ChangedFile(
    ScanFile file,
    Optional<RowPositions> positions,
    OptionalLong updatedAfter,
    OptionalLong updatedUpTo) {

  static ChangedFile all(ScanFile file) {
    return new ChangedFile(file, Optional.empty(), OptionalLong.empty(), OptionalLong.empty());
  }

  static ChangedFile only(ScanFile file, RowPositions positions) {
    return new ChangedFile(
        file, Optional.of(positions), OptionalLong.empty(), OptionalLong.empty());
  }

  ChangedFile after(long sequenceNumber) {
    return new ChangedFile(file, positions, OptionalLong.of(sequenceNumber), updatedUpTo);
  }

  ChangedFile upTo(long sequenceNumber) {
    return new ChangedFile(file, positions, updatedAfter, OptionalLong.of(sequenceNumber));
  }

  /** How many rows these are; more than there are where bounds are given. */
  public long rowsAtMost() {
    return positions.map(RowPositions::count).orElse(file.liveRows());
  }
}
