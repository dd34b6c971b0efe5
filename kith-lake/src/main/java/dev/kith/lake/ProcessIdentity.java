package dev.kith.lake;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process, told apart from a later one that has got the same number.
 *
 * @param host the name of its machine
 * @param numbering in which its number means something: containers count their own
 * @param startedAt empty where the operating system does not say
 */
record ProcessIdentity(String host, String numbering, long pid, Optional<Instant> startedAt) {

  /** Systems that work out starts from the time of boot give slightly different ones. */
  private static final Duration TOLERANCE = Duration.ofSeconds(5);

  static ProcessIdentity current() {
    ProcessHandle process = ProcessHandle.current();
    return new ProcessIdentity(
        hostName(), numberingHere(), process.pid(), process.info().startInstant());
  }

  /** Whether it is sure that it has ended; of another machine's process that is never known. */
  boolean hasEnded() {
    ProcessIdentity here = current();
    if (!host.equals(here.host) || !numbering.equals(here.numbering)) {
      return false;
    }
    Optional<ProcessHandle> now = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    return now.isEmpty() || now.get().info().startInstant().map(this::isAnother).orElse(false);
  }

  private boolean isAnother(Instant start) {
    return startedAt.isPresent()
        && Duration.between(startedAt.get(), start).abs().compareTo(TOLERANCE) > 0;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown host";
    }
  }

  private static String numberingHere() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return ""; // a system without such containers
    }
  }
}
