/** Holds what was built against what its definition demands. */
@NullMarked
package dev.kith.run.check;

import org.jspecify.annotations.NullMarked;
