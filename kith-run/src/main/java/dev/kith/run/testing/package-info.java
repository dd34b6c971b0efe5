/** Tests of definitions: given rows in, expected rows out, without a warehouse. */
@NullMarked
package dev.kith.run.testing;

import org.jspecify.annotations.NullMarked;
