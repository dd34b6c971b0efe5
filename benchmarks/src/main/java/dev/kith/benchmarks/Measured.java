package dev.kith.benchmarks;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Runs another program in this process, and writes at its end what the process took.
 *
 * <p>Arguments: the file for the figures, the program's main class, its arguments. What is written
 * are the kernel's own files about a process, one after the other; {@link Usage} reads them.
 */
final class Measured {

  private Measured() {}

  public static void main(String[] arguments) throws Throwable {
    Path figures = Path.of(arguments[0]);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> write(figures)));
    String[] rest = Arrays.copyOfRange(arguments, 2, arguments.length);
    try {
      Class.forName(arguments[1]).getMethod("main", String[].class).invoke(null, (Object) rest);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static void write(Path figures) {
    try {
      StringBuilder text = new StringBuilder();
      for (String file : Usage.SOURCES) {
        text.append(Files.readString(Path.of("/proc/self", file)));
      }
      Files.writeString(figures, text);
    } catch (IOException e) {
      System.err.println("Cannot write the figures: " + e);
    }
  }
}
