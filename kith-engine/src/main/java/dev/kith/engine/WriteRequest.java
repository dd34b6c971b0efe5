package dev.kith.engine;

import dev.kith.lake.PhysicalTable;
import dev.kith.lake.Provenance;

/**
 * A query's rows on their way into a table.
 *
 * @param sql gives the table's columns by name; a missing one is NULL, an unknown one a fault
 * @param commitAlways commits even when no row changes, to record the provenance (a cursor)
 */
public record WriteRequest(
    PhysicalTable table, String sql, WriteMode mode, Provenance provenance, boolean commitAlways) {}
