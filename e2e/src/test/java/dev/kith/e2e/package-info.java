/** Tests of the whole. */
@NullMarked
package dev.kith.e2e;

import org.jspecify.annotations.NullMarked;
