/** Where the columns of a project come from, and what depends on them. */
@NullMarked
package dev.kith.run.lineage;

import org.jspecify.annotations.NullMarked;
