package dev.kith.run.plan;

/**
 * What the ways of bringing a profile up to date cost. The unit is a row of events that is read and
 * of which all columns are computed; the numbers are estimates, good enough to compare.
 *
 * @param delta following from state, if it is there
 * @param touched computing the people whose rows can have changed
 * @param whole computing everybody
 * @param keeping computing everybody, and writing the state for the next update
 */
public record UpdateCosts(long delta, long touched, long whole, long keeping) {

  /** What reading a row takes, if only a column or two are read and little is computed. */
  private static final double NARROW = 0.1;

  /** What a table takes that is kept: finding, reading and committing it, however small it is. */
  private static final long TABLE = 500_000;

  /** What computing everybody takes if state is written. */
  private static final double WRITING = 1.3;

  /** State has to be worth its writing within so many updates. */
  private static final int UPDATES = 30;

  /** How many people are touched is found out first; so much at least must speak against it. */
  private static final long DOUBT = 100_000;

  static UpdateCosts of(Workload work) {
    double share = work.shareOfTouched();
    double tables = (double) work.keptTables() * TABLE;
    return new UpdateCosts(
        Math.round(
            2.0 * work.moved()
                + NARROW * work.kept()
                + (NARROW + share) * work.unfollowed()
                + tables),
        Math.round(work.moved() + (NARROW + share) * work.rows()),
        work.rows(),
        Math.round(WRITING * work.rows() + tables));
  }

  /**
   * The best way where no state is there to follow from. State is an outlay for later updates,
   * which are taken to be as this one is.
   */
  Method withoutState() {
    long usual = Math.min(touched, whole);
    if (keeping + (double) UPDATES * delta < (1.0 + UPDATES) * usual) {
      return new Method.Whole(true);
    }
    return touched > whole + DOUBT ? new Method.Whole() : new Method.Touched();
  }

  /**
   * The best way where state is there, which is lost to the next update if this one does not
   * follow.
   */
  Method withState() {
    if (keeping < delta) {
      return new Method.Whole(true);
    }
    return touched < delta / 2 ? new Method.Touched() : new Method.Delta();
  }

  /**
   * Whether a profile whose definition has changed is best amended first.
   *
   * @param amending what computing the columns costs that are others
   * @param then how the profile is brought up to date after that
   */
  boolean areLessAfter(long amending, Method then) {
    return then.isUpdate() && amending + of(then) < whole;
  }

  /** What a way of these costs. */
  public long of(Method method) {
    if (method instanceof Method.Delta) {
      return delta;
    }
    if (method instanceof Method.Touched) {
      return touched;
    }
    return method instanceof Method.Whole anew && anew.keepsState() ? keeping : whole;
  }
}
