package dev.kith.run.plan;

/** How profiles are brought up to date, for those who do not leave it to Kith. */
public enum Strategy {
  /** Only the people whose rows can have changed, wherever it can be told who they are. */
  TOUCHED,
  /** Everybody. */
  FULL
}
