/**
 * Parses and validates the SQL of a project, and finds what it refers to and where its columns come
 * from.
 */
@NullMarked
package dev.kith.sql;

import org.jspecify.annotations.NullMarked;
