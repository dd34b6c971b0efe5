package dev.kith.lake;

import java.util.Optional;

/** How an attempt to publish ended. */
public sealed interface Publication {

  /** The release is what readers see now. */
  record Published(Release release) implements Publication {}

  /**
   * Another run published on the same parent first; nothing was published by this one.
   *
   * @param current what readers see; empty if there is no release at all
   */
  record ReleaseConflict(Optional<Release> current) implements Publication {}
}
