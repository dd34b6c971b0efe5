/** A project that was understood: names resolved, queries validated, the order of building. */
@NullMarked
package dev.kith.run.graph;

import org.jspecify.annotations.NullMarked;
