package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.e2e.KithCommand.Outcome;
import dev.kith.measures.MeasureCode;
import dev.kith.model.DiagnosticCode;
import dev.kith.run.fault.RunCode;
import dev.kith.run.testing.TestCode;
import dev.kith.sql.SqlCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each fault of SQL, measures, tables and tests has a small project with it, and the very text that
 * {@code kith validate} prints; {@code -Dkith.golden=update} writes what is into what shall be.
 */
class InvalidFixturesTest {

  private static final Path FIXTURES = Path.of("../fixtures/invalid");

  /** Not of definitions: faults of questions, of data and of Kith, and what files cannot say. */
  private static final Set<DiagnosticCode> ELSEWHERE =
      Set.of(
          SqlCode.ENGINE_FAILED,
          MeasureCode.NO_WINDOWS, // a file's `over:` is never empty
          RunCode.NOTHING_PUBLISHED,
          RunCode.UNKNOWN_TABLE,
          RunCode.UNKNOWN_KEY,
          RunCode.SOURCE_SCHEMA_UNKNOWN,
          RunCode.CHECK_FAILED,
          RunCode.PUBLISHED_MEANWHILE,
          RunCode.NOTHING_SELECTED,
          RunCode.NOT_SELECTED,
          RunCode.PLAN_OUTDATED,
          RunCode.NOT_A_PLAN,
          RunCode.UNKNOWN_RELEASE,
          RunCode.LINEAGE_NOT_TOLD,
          RunCode.PAUSED,
          RunCode.STOPPED,
          RunCode.CANNOT_PROMOTE,
          RunCode.NOTHING_BY_DAY,
          RunCode.OTHER_KEY,
          RunCode.INTERNAL,
          TestCode.GIVEN_UNUSED, // a warning
          TestCode.COLUMNS_UNKNOWN,
          TestCode.UNKNOWN_TEST);

  @TempDir Path temporary;

  static List<Path> fixtures() throws IOException {
    try (Stream<Path> folders = Files.list(FIXTURES)) {
      return folders
          .filter(folder -> folder.getFileName().toString().matches("[SMRT][0-9]{3}-.*"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void validateReportsWhatIsExpected(Path fixture) throws IOException {
    ProjectFolder project = new ProjectFolder(fixture).copyTo(temporary.resolve("project"));
    Path expected = fixture.resolve("expected.txt");

    Outcome outcome = project.kith().run("validate");

    if ("update".equals(System.getProperty("kith.golden"))) {
      assertThat(System.getenv("KITH_CI")).as("a build server must not update fixtures").isNull();
      Files.writeString(expected, outcome.err());
    }
    assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(1);
    assertThat(outcome.err()).as("against %s", expected).isEqualTo(Files.readString(expected));
    assertThat(outcome.err())
        .contains("error[" + fixture.getFileName().toString().substring(0, 4) + "]");
  }

  @Test
  void everyCodeOfDefinitionsHasAFixtureNamedAfterIt() throws IOException {
    List<String> names =
        Stream.<DiagnosticCode[]>of(
                MeasureCode.values(), RunCode.values(), SqlCode.values(), TestCode.values())
            .flatMap(Stream::of)
            .filter(code -> !ELSEWHERE.contains(code))
            .map(code -> code.id() + "-" + name(code))
            .toList();
    assertThat(fixtures().stream().map(folder -> folder.getFileName().toString()))
        .containsExactlyElementsOf(names);
  }

  private static String name(DiagnosticCode code) {
    return ((Enum<?>) code).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
