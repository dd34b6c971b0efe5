/** Answers about people at any instant: rows of keys and instants, joined to what was then. */
@NullMarked
package dev.kith.run.asof;

import org.jspecify.annotations.NullMarked;
