/** What was published and how it came about: finding, listing and taking back releases. */
@NullMarked
package dev.kith.run.release;

import org.jspecify.annotations.NullMarked;
