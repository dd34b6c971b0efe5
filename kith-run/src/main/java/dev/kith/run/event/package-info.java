/** What happens in a run, for whoever shows or records it. */
@NullMarked
package dev.kith.run.event;

import org.jspecify.annotations.NullMarked;
