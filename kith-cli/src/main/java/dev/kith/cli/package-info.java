/** The {@code kith} command. */
@NullMarked
package dev.kith.cli;

import org.jspecify.annotations.NullMarked;
