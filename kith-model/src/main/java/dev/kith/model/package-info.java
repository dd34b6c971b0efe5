/**
 * Definitions of a project as sealed interfaces and records, with the place each was written at,
 * and diagnostics about them.
 */
@NullMarked
package dev.kith.model;

import org.jspecify.annotations.NullMarked;
