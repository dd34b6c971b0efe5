package dev.kith.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.model.KithException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  @Test
  void aFailpointEndsTheProcessAtTheTimeAskedFor() throws Exception {
    Process process = Forked.java(List.of("-DKITH_FAILPOINT=TAGS_SET:2"), Passer.class);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isEqualTo(137);
    assertThat(output).isEqualTo("once,");
  }

  @Test
  void withoutTheSettingAFailpointDoesNothing() throws Exception {
    Process process = Forked.java(List.of(), Passer.class);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(output).isEqualTo("once,twice,");
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

  /** Passes failpoints. */
  static final class Passer {
    private Passer() {}

    public static void main(String... arguments) {
      Failpoint.MIRROR_UPDATED.hit();
      Failpoint.TAGS_SET.hit();
      System.out.print("once,");
      System.out.flush();
      Failpoint.TAGS_SET.hit();
      System.out.print("twice,");
    }
  }

  /** Another JVM with the class path of this one. */
  private static final class Forked {
    private Forked() {}

    static Process java(List<String> options, Class<?> main, String... arguments)
        throws IOException {
      List<String> command = new ArrayList<>();
      command.add(ProcessHandle.current().info().command().orElse("java"));
      command.addAll(options);
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
      command.addAll(List.of(arguments));
      return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }
  }
}
