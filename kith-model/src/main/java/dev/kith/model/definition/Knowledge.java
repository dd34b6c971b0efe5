package dev.kith.model.definition;

/** Which rows an answer about the past may use. */
public enum Knowledge {
  /** All that are there now: what came late, and what was corrected since, counts. */
  NOW,
  /**
   * Those that had been ingested by the instant, in windows that look back and in the history of
   * people. Tables carry when in {@value #INGESTED_AT}.
   */
  THEN;

  /** The hidden column with the instant at which a row was ingested. */
  public static final String INGESTED_AT = "_ingested_at";
}
