package dev.kith.sources.file;

/**
 * A line of a file.
 *
 * @param number 1-based
 * @param end the characters that ended it; empty for a last line without
 */
record Line(long number, String text, String end) {}
