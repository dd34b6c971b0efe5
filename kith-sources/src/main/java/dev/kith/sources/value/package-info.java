/**
 * Values of sources: what their text means, what type a column has, and conversion into Kith's
 * types without loss.
 */
@NullMarked
package dev.kith.sources.value;

import org.jspecify.annotations.NullMarked;
