/** What an engine can do for Kith; the contract tests of this module hold for every engine. */
@NullMarked
package dev.kith.engine;

import org.jspecify.annotations.NullMarked;
