/** Connectors that bring rows from files and databases into the warehouse exactly once. */
@NullMarked
package dev.kith.sources;

import org.jspecify.annotations.NullMarked;
