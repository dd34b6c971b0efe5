/** What is kept of a run, for those who look later. */
@NullMarked
package dev.kith.run.record;

import org.jspecify.annotations.NullMarked;
