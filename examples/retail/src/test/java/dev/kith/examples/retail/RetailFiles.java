package dev.kith.examples.retail;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;

/** The example's project folder, as it will be in the jar. */
final class RetailFiles {

  private RetailFiles() {}

  static Path folder() {
    URL list =
        Objects.requireNonNull(RetailFiles.class.getResource("/kith/examples/retail/files.txt"));
    try {
      return Path.of(list.toURI()).resolveSibling("");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Path sales() {
    return folder().resolve("data/online_retail.csv.gz");
  }
}
