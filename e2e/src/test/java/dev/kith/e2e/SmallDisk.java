package dev.kith.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A disk in memory that is soon full. Only root can mount one; a build server must. */
record SmallDisk(Path folder) implements AutoCloseable {

  static SmallDisk mount(Path folder, String size) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    String message = run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString());
    if (!message.isEmpty()) {
      if (System.getenv("KITH_CI") != null) {
        throw new AssertionError("Cannot mount a small disk: " + message);
      }
      assumeTrue(false, "Cannot mount a small disk: " + message);
    }
    return new SmallDisk(folder);
  }

  void resize(String size) throws IOException, InterruptedException {
    String message = run("mount", "-o", "remount,size=" + size, folder.toString());
    if (!message.isEmpty()) {
      throw new AssertionError("Cannot resize " + folder + ": " + message);
    }
  }

  /** Nothing, or why it failed. */
  private static String run(String... command) throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    int exitCode = process.waitFor();
    return exitCode == 0 ? "" : output + " (exit code " + exitCode + ")";
  }

  @Override
  public void close() throws IOException, InterruptedException {
    run("umount", folder.toString());
  }
}
