package dev.kith.engine.duckdb;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarFile;
import org.duckdb.DuckDBDriver;

/** Which DuckDB there is: its jar says so, and need not be asked by way of a database. */
final class DuckDbVersion {

  private static final String NAME = "DuckDB";

  private DuckDbVersion() {}

  /** With its name; the name alone where DuckDB is not in a jar of its own. */
  static String text() {
    return number().map(number -> NAME + " " + number).orElse(NAME);
  }

  private static Optional<String> number() {
    try {
      Path jar =
          Path.of(DuckDBDriver.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (!Files.isRegularFile(jar)) {
        return Optional.empty();
      }
      try (JarFile opened = new JarFile(jar.toFile())) {
        return Optional.ofNullable(opened.getManifest())
            .map(manifest -> manifest.getMainAttributes().getValue("Bundle-Version"));
      }
    } catch (IOException | URISyntaxException e) {
      return Optional.empty();
    }
  }
}
