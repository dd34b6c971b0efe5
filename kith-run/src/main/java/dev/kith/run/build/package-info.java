/** Brings sources, tables and profiles up to date. */
@NullMarked
package dev.kith.run.build;

import org.jspecify.annotations.NullMarked;
