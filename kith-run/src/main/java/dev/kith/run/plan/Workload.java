package dev.kith.run.plan;

/**
 * How much there is to do about a profile, as far as metadata tells.
 *
 * @param rows of all inputs
 * @param moved about how many of them came, went or crossed an end of a window
 * @param people in the profile
 * @param kept rows beside the profile, from which an update can follow; about, if none are there
 * @param keptTables that hold these
 * @param unfollowed rows of the inputs from which also results are made that cannot follow
 */
record Workload(long rows, long moved, long people, long kept, int keptTables, long unfollowed) {

  /**
   * How unlike people are in how much they do. Events of a person come as the negative binomial
   * distribution has it, known from repeat buying (Ehrenberg, 1959). With this parameter of its
   * shape the busiest fifth of the people has four fifths of the events.
   */
  private static final double SHAPE = 0.25;

  /**
   * About which share of the events belongs to people with an event that moved. Whoever has many
   * events is likely to be among them, so that this grows much faster than the share of people.
   */
  double shareOfTouched() {
    return people == 0 ? 1 : 1 - Math.pow(1 + (double) moved / people / SHAPE, -(SHAPE + 1));
  }
}
