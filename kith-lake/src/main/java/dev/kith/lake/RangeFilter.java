package dev.kith.lake;

import java.util.Optional;

/**
 * Rows whose column lies in [from, to); NULLs do not. Used to leave out files that hold no such
 * row, so a file that is read may hold others too.
 *
 * @param from a value of the column's type as {@code Rows.value} gives it; unbounded if empty
 */
public record RangeFilter(String column, Optional<Object> from, Optional<Object> to) {}
