package dev.kith.measures;

import java.util.function.Function;

/**
 * What changes from one instant to another.
 *
 * @param plus the instant of now over events that are in a window now and may not have been before
 * @param minus the instant of before over events that were in a window and may not be any more
 * @param anew the instant of now over the events of people who are computed anew
 * @param gone of each table a relation of the keys and times of rows that are no longer there
 * @param moved of each table a query for the keys of people of whom an event came, went or crossed
 *     an end of a window; what follows from the table's events is the same for all others
 */
record Delta(
    SingleFrame plus,
    SingleFrame minus,
    SingleFrame anew,
    Function<EventTable, String> gone,
    Function<EventTable, String> moved) {

  /** Of an event that came, and may also have gone: whether this row is of its coming. */
  static final String CAME = "kith_came";
}
