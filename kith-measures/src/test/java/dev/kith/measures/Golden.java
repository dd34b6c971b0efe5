package dev.kith.measures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts that are kept in files; {@code -Dkith.golden=update} writes them anew, but not in CI. */
final class Golden {

  private Golden() {}

  static void check(Path file, String actual) throws IOException {
    if ("update".equals(System.getProperty("kith.golden"))) {
      assertThat(System.getenv("KITH_CI")).as("a build server must not update %s", file).isNull();
      Files.writeString(file, actual);
    }
    assertThat(file).exists();
    assertThat(actual).as("against %s", file).isEqualTo(Files.readString(file));
  }
}
