package dev.kith.run;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What is asked of a run.
 *
 * @param fullRefresh builds every table and profile anew; sources still read only what is new
 * @param asOf the instant of profiles: the start of that day in the project's zone
 */
public record RunOptions(boolean fullRefresh, Optional<LocalDate> asOf) {
  public static final RunOptions DEFAULT = new RunOptions(false, Optional.empty());
}
