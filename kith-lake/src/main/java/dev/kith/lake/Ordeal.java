package dev.kith.lake;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen at a {@link Failpoint}, as the system property or environment variable {@code
 * KITH_FAILPOINT} says: {@code NAME} ends the process with status 137, {@code NAME:3} the third
 * time that it is passed. {@code NAME:3:pause=8} stops it instead, with all its threads, and lets
 * it go on 8 seconds later.
 */
final class Ordeal {

  private static final Pattern SYNTAX =
      Pattern.compile("(?<name>[A-Z_]+)(:(?<time>\\d+))?(:pause=(?<seconds>\\d+))?");

  private static final @Nullable Matcher WANTED = wanted();

  private static final AtomicInteger PASSED = new AtomicInteger();

  private Ordeal() {}

  static void at(Failpoint point) {
    if (WANTED == null || !point.name().equals(WANTED.group("name"))) {
      return;
    }
    String time = WANTED.group("time");
    if (PASSED.incrementAndGet() != (time == null ? 1 : Integer.parseInt(time))) {
      return;
    }
    String seconds = WANTED.group("seconds");
    if (seconds == null) {
      Runtime.getRuntime().halt(137);
    } else {
      pause(seconds);
    }
  }

  /** The process cannot wake itself, so a shell stops it, and this thread waits for the shell. */
  private static void pause(String seconds) {
    String pid = Long.toString(ProcessHandle.current().pid());
    String script = "kill -STOP " + pid + "; sleep " + seconds + "; kill -CONT " + pid;
    try {
      new ProcessBuilder("sh", "-c", script).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new IllegalStateException("Cannot pause at a failpoint", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static @Nullable Matcher wanted() {
    String property = System.getProperty("KITH_FAILPOINT");
    String text = property != null ? property : System.getenv("KITH_FAILPOINT");
    if (text == null) {
      return null;
    }
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Cannot read a failpoint: " + text);
    }
    return matcher;
  }
}
