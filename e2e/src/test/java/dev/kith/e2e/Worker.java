package dev.kith.e2e;

import dev.kith.cli.Main;
import dev.kith.e2e.KithCommand.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A process that runs one command of Kith after another, as it is told by its input: processes that
 * race many times need not be started each time.
 */
final class Worker implements AutoCloseable {

  private final KithCommand.Forked process;
  private final Writer commands;
  private final BufferedReader answers;

  private Worker(KithCommand.Forked process) {
    this.process = process;
    this.commands =
        new OutputStreamWriter(process.process().getOutputStream(), StandardCharsets.UTF_8);
    this.answers =
        new BufferedReader(
            new InputStreamReader(process.process().getInputStream(), StandardCharsets.UTF_8));
  }

  static Worker at(ProjectFolder project) throws IOException {
    return new Worker(project.kith().startTalking(Worker.class, project.path().toString()));
  }

  /** Lets it begin; {@link #outcome} waits for the end. */
  void begin(String... arguments) throws IOException {
    commands.write(String.join(" ", arguments) + "\n");
    commands.flush();
  }

  Outcome outcome() throws IOException {
    String answer = answers.readLine();
    if (answer == null) {
      throw new AssertionError("The worker has ended");
    }
    String[] parts = answer.split(" ", -1);
    return new Outcome(Integer.parseInt(parts[0]), decoded(parts[1]), decoded(parts[2]));
  }

  /** The other side. */
  public static void main(String[] arguments) throws IOException {
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    @Nullable String line = commands.readLine();
    while (line != null) {
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      int exitCode =
          Main.run(
              List.of(line.split(" ", -1)),
              new PrintWriter(out),
              new PrintWriter(err),
              Map.of(),
              Path.of(arguments[0]),
              Clock.systemUTC());
      answers.println(exitCode + " " + encoded(out) + " " + encoded(err));
      line = commands.readLine();
    }
  }

  private static String encoded(StringWriter text) {
    return Base64.getEncoder().encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String text) {
    return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
