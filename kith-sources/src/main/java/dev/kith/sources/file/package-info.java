/**
 * Files as records: compression, encoding, CSV and JSON, with exact places and faults; and what of
 * them has been read.
 */
@NullMarked
package dev.kith.sources.file;

import org.jspecify.annotations.NullMarked;
