/** Plans what is out of date, builds and checks it, and publishes it as a release. */
@NullMarked
package dev.kith.run;

import org.jspecify.annotations.NullMarked;
