/** The definitions of a project, as immutable records that remember where they are written. */
@NullMarked
package dev.kith.model.definition;

import org.jspecify.annotations.NullMarked;
