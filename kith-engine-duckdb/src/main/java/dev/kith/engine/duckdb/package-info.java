/** The embedded engine: DuckDB computes over the files that Iceberg plans and commits. */
@NullMarked
package dev.kith.engine.duckdb;

import org.jspecify.annotations.NullMarked;
