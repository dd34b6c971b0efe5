/** What definitions say, taken apart, and how they have changed since rows were made by them. */
@NullMarked
package dev.kith.run.change;

import org.jspecify.annotations.NullMarked;
