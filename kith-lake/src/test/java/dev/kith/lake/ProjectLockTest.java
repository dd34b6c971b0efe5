package dev.kith.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.model.KithException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectLockTest {

  @TempDir Path project;

  @Test
  void theSameProcessDoesNotGetItTwice() {
    try (ProjectLock held = ProjectLock.acquire(project, LakeFixture.CLOCK)) {
      assertThat(held).isNotNull();
      assertInUse("pid " + ProcessHandle.current().pid());
    }
    ProjectLock.acquire(project, LakeFixture.CLOCK).close();
  }

  @Test
  void anotherProcessIsNamedAndItsDeathSetsTheProjectFree() throws Exception {
    Process other = Forked.java(List.of(), Holder.class, project.toString());
    assertThat(other.getInputStream().read()).isEqualTo('h');
    assertInUse("pid " + other.pid());

    other.destroyForcibly().waitFor();

    ProjectLock.acquire(project, LakeFixture.CLOCK).close();
  }

  @Test
  void aProjectThatCannotBeWrittenIsAFault() throws IOException {
    Path file = Files.writeString(project.resolve("file"), "not a folder");

    assertThatThrownBy(() -> ProjectLock.acquire(file, LakeFixture.CLOCK))
        .isInstanceOfSatisfying(
            KithException.class, e -> assertThat(e.code()).isEqualTo(LakeCode.CANNOT_WRITE));
  }

  private void assertInUse(String holder) {
    assertThatThrownBy(() -> ProjectLock.acquire(project, LakeFixture.CLOCK))
        .isInstanceOfSatisfying(
            KithException.class, e -> assertThat(e.code()).isEqualTo(LakeCode.PROJECT_IN_USE))
        .hasMessageContaining(holder)
        .hasMessageContaining("since 2026-03-01T00:00:00Z");
  }

  /** Holds the lock until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String... arguments) throws InterruptedException {
      ProjectLock lock = ProjectLock.acquire(Path.of(arguments[0]), LakeFixture.CLOCK);
      System.out.print("h");
      System.out.flush();
      Thread.sleep(60_000);
      lock.close();
    }
  }
}
