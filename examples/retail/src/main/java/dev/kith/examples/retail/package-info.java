/** The retail example as a resource: project, data, and where to find them. */
@NullMarked
package dev.kith.examples.retail;

import org.jspecify.annotations.NullMarked;
