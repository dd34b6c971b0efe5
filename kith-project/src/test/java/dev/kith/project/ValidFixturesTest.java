package dev.kith.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Projects without fault, and the model that is read of them. */
class ValidFixturesTest {

  private static final Path FIXTURES = Path.of("../fixtures/valid");

  static List<Path> fixtures() throws IOException {
    try (Stream<Path> folders = Files.list(FIXTURES)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void readsWhatIsExpected(Path fixture) throws IOException {
    ReadResult result =
        ProjectReader.read(fixture, name -> Optional.of("the secret called " + name));

    String warnings =
        result.diagnostics().stream().map(Diagnostic::toString).collect(Collectors.joining("\n"));
    String text = warnings + (warnings.isEmpty() ? "" : "\n\n") + ModelDump.of(result.orThrow());
    Golden.check(fixture.resolve("expected.txt"), text);
  }

  @Test
  void thereAreFixtures() throws IOException {
    assertThat(fixtures()).hasSizeGreaterThan(1);
  }
}
