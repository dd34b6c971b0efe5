/** Kith's one type system. */
@NullMarked
package dev.kith.model.type;

import org.jspecify.annotations.NullMarked;
