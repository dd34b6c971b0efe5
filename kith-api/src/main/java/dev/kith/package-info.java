/**
 * Kith as a library: open a project, plan and run it, and read what was published.
 *
 * <p>It begins with {@link dev.kith.Kith}.
 */
@NullMarked
package dev.kith;

import org.jspecify.annotations.NullMarked;
