/** Databases read through their JDBC drivers, as a stream. */
@NullMarked
package dev.kith.sources.jdbc;

import org.jspecify.annotations.NullMarked;
