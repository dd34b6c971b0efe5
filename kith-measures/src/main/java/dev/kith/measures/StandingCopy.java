package dev.kith.measures;

/**
 * A copy of events from which pairs are answered, bound under the name of their table.
 *
 * @param grown whether rows may have come since it was made
 */
public record StandingCopy(EventCopy copy, boolean grown) {}
