package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.e2e.KithCommand.Outcome;
import dev.kith.lake.Failpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run is killed after each of its commits, those of what is kept beside a profile among them.
 * That run, when it is begun again, and the next one must both come to what computing anew does.
 */
class StateCrashTest {

  private static final int KILLED = 137;
  private static final String FIRST_DAY = "2020-02-22";
  private static final String SECOND_DAY = "2020-02-23";
  private static final String LAST_DAY = "2020-03-20";

  @TempDir Path temporary;

  @Test
  void updatesGoOnAfterAKillAtEachCommit() throws Exception {
    // Of the table of pages, the profile, and its state: two rows of results, counts per value and
    // their dictionary, and three for different values.
    assertThat(kills(project -> {})).isEqualTo(9);
  }

  /** The same, where columns are computed first that are others, with the state that they need. */
  @Test
  void changedDefinitionsGoOnAfterAKillAtEachCommit() throws Exception {
    // Twice the profile and all of its state.
    assertThat(
            kills(
                project ->
                    project.replace(
                        "profiles/customer.yaml", "orders: count(*)", "most: max(amount)")))
        .isEqualTo(17);
  }

  /** What changes beside the rows on the second day. */
  private interface Change {
    void make(ProjectFolder project) throws IOException;
  }

  /** How many commits there were, each of which was the last of a run. */
  private int kills(Change change) throws Exception {
    ProjectFolder before = project();
    run(before, "delta", FIRST_DAY);
    ProjectFolder anew = secondDay(before, 0, change);
    run(anew, "full", SECOND_DAY);
    Map<String, List<String>> second = published(anew);
    run(anew, "full", LAST_DAY);
    Map<String, List<String>> last = published(anew);

    int kills = 0;
    while (killed(before, kills + 1, change, second, last)) {
      kills++;
    }
    return kills;
  }

  /** Whether there was such a commit. */
  private boolean killed(
      ProjectFolder before,
      int commit,
      Change change,
      Map<String, List<String>> second,
      Map<String, List<String>> last)
      throws IOException, InterruptedException {
    ProjectFolder project = secondDay(before, commit, change);
    Outcome outcome =
        project
            .kith()
            .with("KITH_FAILPOINT", Failpoint.TABLE_COMMITTED.name() + ":" + commit)
            .fork("run", "--strategy", "delta", "--as-of", SECOND_DAY);
    if (outcome.exitCode() == 0) {
      return false;
    }
    assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(KILLED);
    run(project, "delta", SECOND_DAY);
    assertThat(published(project)).as("after commit %d", commit).isEqualTo(second);
    run(project, "delta", LAST_DAY);
    assertThat(published(project)).as("after commit %d", commit).isEqualTo(last);
    project.deleteAll();
    return true;
  }

  private ProjectFolder project() throws IOException {
    ProjectFolder project = ShopProject.firstInput(temporary.resolve("before"));
    project.replace(
        "profiles/customer.yaml",
        "    define: {pages: count(*)}",
        """
            over: [30d, ever]
            define:
              pages: count(*)
              different: count(distinct page) filter (where page <> 'HOME')
              favourite: mode(page)
              seen: max(visited_at)
        """);
    return project;
  }

  private ProjectFolder secondDay(ProjectFolder before, int number, Change change)
      throws IOException {
    ProjectFolder project = before.copyTo(temporary.resolve("killed-" + number));
    ShopProject.moreVisits(project);
    change.make(project);
    return project;
  }

  private static void run(ProjectFolder project, String strategy, String day) {
    project.kith().succeed("run", "--strategy", strategy, "--as-of", day);
  }

  private static Map<String, List<String>> published(ProjectFolder project) throws IOException {
    return Published.in(project.path()).orElseThrow();
  }
}
