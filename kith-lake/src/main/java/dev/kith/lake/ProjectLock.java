package dev.kith.lake;

import dev.kith.model.KithException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other processes from running the same project. The operating system lets go of it when the
 * process ends, however it ends.
 */
public final class ProjectLock implements AutoCloseable {

  private final Path file;
  private final FileChannel channel;

  private ProjectLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Locks the project, without waiting.
   *
   * @throws KithException with {@link LakeCode#PROJECT_IN_USE} and who holds it
   */
  public static ProjectLock acquire(Path project, Clock clock) {
    Path file = project.resolve(".kith").resolve("lock").toAbsolutePath();
    return LakeFaults.during("lock the project", project.toString(), () -> lock(file, clock));
  }

  private static ProjectLock lock(Path file, Clock clock) throws IOException {
    Files.createDirectories(file.getParent());
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (tryLock(channel) == null) {
        String holder = Files.readString(file).strip();
        throw KithException.outside(
                LakeCode.PROJECT_IN_USE,
                file.toString(),
                "Cannot run the project: another run ("
                    + (holder.isEmpty() ? "just started" : holder)
                    + ") is using this project",
                null)
            .withHelp("wait until it has ended, or stop it");
      }
      ByteBuffer holder = ByteBuffer.wrap(holder(clock).getBytes(StandardCharsets.UTF_8));
      channel.truncate(0);
      channel.write(holder, 0);
      return new ProjectLock(file, channel);
    } catch (RuntimeException | IOException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by this very process
    }
  }

  private static String holder(Clock clock) {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "unknown host";
    }
    return "pid "
        + ProcessHandle.current().pid()
        + " on "
        + host
        + ", since "
        + clock.instant().truncatedTo(ChronoUnit.SECONDS)
        + "\n";
  }

  /** Lets go. The file stays: deleting it could take it from the next holder. */
  @Override
  public void close() {
    LakeFaults.during(
        "unlock the project",
        file.toString(),
        () -> {
          channel.truncate(0);
          channel.close();
          return true;
        });
  }
}
