package dev.kith.model;

import java.time.Instant;

/**
 * A person at an instant, of whom something is asked.
 *
 * @param key in the Java type of the profile's key; whole numbers of any size are taken for one
 *     another
 */
public record PersonAt(Object key, Instant at) {}
