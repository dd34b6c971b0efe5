package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Profiles as of an hour, and windows of hours, brought up to date from one hour to the next. */
class HourlyTest {

  @TempDir private Path temporary;

  @ParameterizedTest
  @ValueSource(strings = {"delta", "touched", "full"})
  void profilesFollowFromHourToHour(String strategy) throws IOException {
    ProjectFolder project =
        new ProjectFolder(temporary)
            .file("kith.yaml", "kith: 1\nname: hours\ntimezone: Europe/Berlin\n")
            .file(
                "sources/visits.yaml",
                "source: visits\nkind: events\nat: at\nfrom: {files: '*.csv'}\n")
            .file(
                "profiles/person.yaml",
                """
                profile: person
                key: person
                from: {keys_of: [visits]}
                measures:
                  - from: visits
                    over: [1h, 6h, ever]
                    define: {visits: count(*), pages: count(distinct page)}
                """)
            .file(
                "night.csv",
                """
                person,at,page
                1,2024-05-01 03:30:00,home
                1,2024-05-01 08:59:59,home
                1,2024-05-01 09:00:00,mugs
                2,2024-05-01 09:15:00,home
                """);
    assertThat(people(project, strategy, "2024-05-01 09:00")).isEqualTo("1,1,2,2,1,1,1\r\n");
    assertThat(people(project, strategy, "2024-05-01 10:00"))
        .isEqualTo("1,1,2,3,1,2,2\r\n2,1,1,1,1,1,1\r\n");
    project.file("morning.csv", "person,at,page\n2,2024-05-01 10:30:00,mugs\n");
    assertThat(people(project, strategy, "2024-05-01T09:00:00Z"))
        .as("11 o'clock in Berlin")
        .isEqualTo("1,0,2,3,0,2,2\r\n2,1,2,2,1,2,2\r\n");
  }

  private static String people(ProjectFolder project, String strategy, String instant) {
    project.kith().succeed("run", "--as-of", instant, "--strategy", strategy);
    String out =
        project
            .kith()
            .succeed("query", "-f", "csv", "select * exclude (as_of) from person order by 1")
            .out();
    return out.substring(out.indexOf('\n') + 1);
  }
}
