/** What is out of date and why: what tables should be made of, against what they were made of. */
@NullMarked
package dev.kith.run.plan;

import org.jspecify.annotations.NullMarked;
