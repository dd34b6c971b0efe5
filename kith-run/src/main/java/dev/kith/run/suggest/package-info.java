/** Looks at a table and proposes checks that it passes. */
@NullMarked
package dev.kith.run.suggest;

import org.jspecify.annotations.NullMarked;
