package dev.kith.lake;

import dev.kith.lake.RunRecord.Fault;
import dev.kith.lake.RunRecord.Status;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param release what it published
 */
public record RunEnd(Status status, Optional<String> release, Optional<Fault> fault) {

  /** It did all it should; there may have been nothing to publish. */
  public static RunEnd succeeded(Optional<String> release) {
    return new RunEnd(Status.SUCCEEDED, release, Optional.empty());
  }

  public static RunEnd failed(Fault fault) {
    return new RunEnd(Status.FAILED, Optional.empty(), Optional.of(fault));
  }
}
