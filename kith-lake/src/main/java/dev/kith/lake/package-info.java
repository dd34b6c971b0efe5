/** Tables, snapshots, their provenance, and releases, kept as Apache Iceberg tables. */
@NullMarked
package dev.kith.lake;

import org.jspecify.annotations.NullMarked;
