/**
 * Turns measures, windows and instants into the steps that compute them. Pure: no I/O, no clock, no
 * engine.
 */
@NullMarked
package dev.kith.measures;

import org.jspecify.annotations.NullMarked;
