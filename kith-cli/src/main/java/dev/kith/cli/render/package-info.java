/** What people and programs read: tables, profiles, progress, diagnostics, JSON and CSV. */
@NullMarked
package dev.kith.cli.render;

import org.jspecify.annotations.NullMarked;
