/** Faults of sources and their data. */
@NullMarked
package dev.kith.sources.fault;

import org.jspecify.annotations.NullMarked;
