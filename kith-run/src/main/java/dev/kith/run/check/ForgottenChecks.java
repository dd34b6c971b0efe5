package dev.kith.run.check;

/**
 * What is no longer kept of checks.
 *
 * @param samples rows at fault
 */
public record ForgottenChecks(long results, long samples) {

  /** Whether everything is kept. */
  public boolean isNothing() {
    return results == 0 && samples == 0;
  }
}
