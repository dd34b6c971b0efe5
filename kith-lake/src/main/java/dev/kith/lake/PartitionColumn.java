package dev.kith.lake;

import dev.kith.model.type.DataType;

/**
 * One part of a table's partitioning, as an engine needs it to spread rows over files.
 *
 * @param name of the partition field, not the name of any column unless it is an identity
 * @param sourceType the type of the column that decides
 */
public record PartitionColumn(String name, Partitioning partitioning, DataType sourceType) {}
