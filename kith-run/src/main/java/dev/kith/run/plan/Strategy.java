package dev.kith.run.plan;

/** How profiles are brought up to date, for those who do not leave it to Kith. */
public enum Strategy {
  /** From what was kept of the last computation, which is kept from now on. */
  DELTA,
  /** Only the people whose rows can have changed, wherever it can be told who they are. */
  TOUCHED,
  /** Everybody. */
  FULL
}
