/** How a run's work is tried, tried again, and given up. */
@NullMarked
package dev.kith.run.attempt;

import org.jspecify.annotations.NullMarked;
