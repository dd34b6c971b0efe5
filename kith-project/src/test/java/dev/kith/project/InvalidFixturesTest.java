package dev.kith.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each error code has a small project with that fault, and the very text of its report. */
class InvalidFixturesTest {

  private static final Path FIXTURES = Path.of("../fixtures/invalid");

  static List<Path> fixtures() throws IOException {
    try (Stream<Path> folders = Files.list(FIXTURES)) {
      return folders
          .filter(folder -> folder.getFileName().toString().matches("P[0-9]{3}-.*"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void reportsWhatIsExpected(Path fixture) throws IOException {
    List<Diagnostic> found = ProjectReader.read(fixture, name -> Optional.empty()).diagnostics();

    String text = found.stream().map(one -> one + "\n").collect(Collectors.joining());
    Golden.check(fixture.resolve("expected.txt"), text);
    String code = fixture.getFileName().toString().substring(0, 4);
    assertThat(found).as("diagnostics of %s", code).anyMatch(one -> one.code().id().equals(code));
  }

  @Test
  void everyCodeHasAFixtureNamedAfterIt() throws IOException {
    assertThat(fixtures().stream().map(folder -> folder.getFileName().toString()))
        .containsExactlyElementsOf(
            Arrays.stream(ProjectCode.values())
                .map(
                    code ->
                        code.id() + "-" + code.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList());
  }
}
