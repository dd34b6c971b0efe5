/** Faults of running and reading a project. */
@NullMarked
package dev.kith.run.fault;

import org.jspecify.annotations.NullMarked;
