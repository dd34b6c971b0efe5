/** Tells of runs in the form of OpenLineage (openlineage.io). */
@NullMarked
package dev.kith.run.openlineage;

import org.jspecify.annotations.NullMarked;
