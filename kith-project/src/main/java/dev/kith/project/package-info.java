/**
 * Reads the YAML and SQL files of a project folder into definitions, and reports everything wrong
 * with them at once.
 */
@NullMarked
package dev.kith.project;

import org.jspecify.annotations.NullMarked;
