/** Benchmarks of the paths whose speed Kith promises. */
@NullMarked
package dev.kith.benchmarks;

import org.jspecify.annotations.NullMarked;
