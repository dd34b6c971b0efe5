package dev.kith.e2e;

import dev.kith.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The {@code kith} command in a folder: in this process, which is fast, or in a process of its own,
 * which can be killed.
 */
record KithCommand(Path folder, Map<String, String> environment, Clock clock, List<Path> ahead) {

  private static final long PATIENCE_SECONDS = 180;

  /** What a command left behind. */
  record Outcome(int exitCode, String out, String err) {

    /** Both streams, for messages of failed tests. */
    String all() {
      return "exit code " + exitCode + "\n" + out + err;
    }
  }

  static KithCommand in(Path folder) {
    return new KithCommand(folder, Map.of(), Clock.systemUTC(), List.of());
  }

  KithCommand with(String variable, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(variable, value);
    return new KithCommand(folder, more, clock, ahead);
  }

  KithCommand at(Clock other) {
    return new KithCommand(folder, environment, other, ahead);
  }

  /** Whose processes find classes in this jar before they look anywhere else. */
  KithCommand behind(Path jar) {
    return new KithCommand(folder, environment, clock, List.of(jar));
  }

  /** Runs in this process. */
  Outcome run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        Main.run(
            List.of(arguments),
            new PrintWriter(out),
            new PrintWriter(err),
            environment,
            folder,
            clock);
    return new Outcome(exitCode, out.toString(), err.toString());
  }

  /** Runs in this process, and must succeed. */
  Outcome succeed(String... arguments) {
    Outcome outcome = run(arguments);
    if (outcome.exitCode() != 0) {
      throw new AssertionError("kith " + String.join(" ", arguments) + ": " + outcome.all());
    }
    return outcome;
  }

  /** Runs in a process of its own to its end. */
  Outcome fork(String... arguments) throws IOException, InterruptedException {
    try (Forked forked = start(arguments)) {
      return forked.await();
    }
  }

  /** Starts a process of its own. */
  Forked start(String... arguments) throws IOException {
    return start(Main.class, arguments);
  }

  /** As {@link #start(String...)}, of another program. */
  Forked start(Class<?> program, String... arguments) throws IOException {
    Path out = Files.createTempFile("kith-e2e", ".out");
    Path err = Files.createTempFile("kith-e2e", ".err");
    ProcessBuilder builder =
        builder(program, arguments).redirectOutput(out.toFile()).redirectError(err.toFile());
    return new Forked(builder.start(), out, err);
  }

  /** As {@link #start(Class, String...)}, with pipes to and from it. */
  Forked startTalking(Class<?> program, String... arguments) throws IOException {
    Path out = Files.createTempFile("kith-e2e", ".out");
    Path err = Files.createTempFile("kith-e2e", ".err");
    return new Forked(builder(program, arguments).redirectError(err.toFile()).start(), out, err);
  }

  private ProcessBuilder builder(Class<?> program, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(SharedClasses.java());
    command.addAll(SharedClasses.options(ahead));
    command.add(program.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    return builder;
  }

  /** A running process; closing kills it. */
  record Forked(Process process, Path out, Path err) implements AutoCloseable {

    Outcome await() throws IOException, InterruptedException {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("kith did not end in " + PATIENCE_SECONDS + " s");
      }
      return new Outcome(process.exitValue(), read(out), read(err));
    }

    private static String read(Path file) throws IOException {
      return Files.readString(file, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
      process.destroyForcibly().onExit().join();
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    }
  }
}
