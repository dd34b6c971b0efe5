package dev.kith.sql;

/**
 * A query as far as it tells on some of its columns.
 *
 * @param canonical the same for two queries only if these columns hold the same rows, taken
 *     together, whenever the same columns of the tables that they read do; for fingerprints
 * @param stable whether the rows are the same each time that they are computed
 * @param positional whether what it reads may depend on which columns its tables have, and in which
 *     order
 */
public record NarrowedQuery(String canonical, boolean stable, boolean positional) {}
