package dev.kith.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {

  /** Takes a known amount of everything, or fails. */
  static final class Spender {
    private Spender() {}

    public static void main(String[] arguments) throws Exception {
      byte[] block = new byte[50_000_000];
      java.util.Arrays.fill(block, (byte) 1);
      Path file = Files.write(Path.of(arguments[0]), block);
      long sum = Files.readAllBytes(file).length;
      long until = System.nanoTime() + 300_000_000;
      while (System.nanoTime() < until) {
        sum++;
      }
      System.out.println(sum);
      System.exit(Integer.parseInt(arguments[1]));
    }
  }

  @TempDir private Path folder;

  @Test
  void measuresTheWholeProcessEvenWhenItExits() throws Exception {
    Trial trial = run("0");

    assertThat(trial.wallSeconds()).isBetween(0.3, 60.0);
    assertThat(trial.usage().cpuSeconds()).isBetween(0.2, 30.0);
    assertThat(trial.usage().peakBytes()).isBetween(100_000_000L, 1_000_000_000L);
    assertThat(trial.usage().readBytes()).isGreaterThan(50_000_000);
    assertThat(trial.usage().writtenBytes()).isBetween(50_000_000L, 60_000_000L);
    assertThat(trial.otherCores()).isGreaterThanOrEqualTo(0);
  }

  @Test
  void aProgramThatFailsIsAFault() {
    assertThatThrownBy(() -> run("3"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("spender ended with 3");
  }

  private Trial run(String exitCode) throws Exception {
    return new Programs(folder, "300m", Optional.empty())
        .run(
            "spender",
            Spender.class.getName(),
            List.of(folder.resolve("block").toString(), exitCode));
  }
}
