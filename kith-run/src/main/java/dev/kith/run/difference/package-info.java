/** How two releases differ: columns, rows, and samples of them. */
@NullMarked
package dev.kith.run.difference;

import org.jspecify.annotations.NullMarked;
