package dev.kith.measures;

/**
 * What changes from one instant to another.
 *
 * @param plus the instant of now over events that are in a window now and may not have been before
 * @param minus the instant of before over events that were in a window and may not be any more
 * @param anew the instant of now over the events of people who are computed anew
 */
record Delta(SingleFrame plus, SingleFrame minus, SingleFrame anew) {}
