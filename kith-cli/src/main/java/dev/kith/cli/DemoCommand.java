package dev.kith.cli;

import dev.kith.cli.render.Terminal;
import dev.kith.cli.render.Terminal.Style;
import dev.kith.examples.retail.Clickstream;
import dev.kith.model.KithException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "demo",
    description =
        "Takes a real shop's year of sales and clicks to customer profiles, in ./kith-demo.")
final class DemoCommand implements Callable<Integer> {

  private static final String FOLDER = "kith-demo";
  private static final String PROJECT = "/kith/examples/retail";
  private static final String PERSON = "12347";
  private static final String QUERY =
      "select country, count(*) as customers, round(sum(spend_365d), 2) as spend_365d,"
          + " round(avg(orders_365d), 2) as orders_each"
          + " from customer group by all order by spend_365d desc nulls last limit 5";

  private final CliContext context;
  @Mixin private CommonOptions common = new CommonOptions();

  DemoCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Path folder = context.workingFolder().resolve(FOLDER);
    if (!Files.isRegularFile(folder.resolve("kith.yaml"))) {
      make(folder);
    }
    int exitCode = step(List.of("run"), "-C", FOLDER);
    if (exitCode == 0) {
      exitCode = step(List.of("show", "customer", PERSON), "-C", FOLDER);
    }
    if (exitCode == 0) {
      exitCode = step(List.of("query", QUERY), "-C", FOLDER);
    }
    if (exitCode == 0) {
      next();
    }
    return exitCode;
  }

  private void make(Path folder) {
    Terminal terminal = context.terminal();
    terminal
        .out()
        .println("A year of a real shop's sales, and clicks made up to match, into ./" + FOLDER);
    terminal.out().flush();
    ProjectFolder.write(folder, Clickstream.class, PROJECT);
    try {
      Clickstream.generate(
          folder.resolve("data/online_retail.csv.gz"),
          folder.resolve("data/clicks"),
          Clickstream.DEMO_SEED);
    } catch (IOException e) {
      throw KithException.outside(
          CliCode.CANNOT_WRITE, FOLDER, "Cannot write the clicks: " + e.getMessage(), e);
    }
  }

  /** Runs a command as the user would, after showing how it is written. */
  private int step(List<String> command, String... rest) {
    Terminal terminal = context.terminal();
    List<String> quoted =
        command.stream().map(word -> word.contains(" ") ? '"' + word + '"' : word).toList();
    terminal.out().println();
    terminal.out().println(terminal.style(Style.NAME, "$ kith " + String.join(" ", quoted)));
    CommandLine commands = Main.commandLine(context);
    String[] arguments =
        java.util.stream.Stream.concat(
                command.stream(),
                java.util.stream.Stream.concat(
                    java.util.stream.Stream.of(rest),
                    common.stackTrace()
                        ? java.util.stream.Stream.of("--stacktrace")
                        : java.util.stream.Stream.empty()))
            .toArray(String[]::new);
    int exitCode = commands.execute(arguments);
    terminal.out().flush();
    return exitCode;
  }

  private void next() {
    context
        .terminal()
        .out()
        .print(
            """

            Try next:
              cd kith-demo
              kith ls                                   what is there
              kith query "from clicks_rejected"         rows that were diverted, and why
              kith show customer 17850 --format json    another profile, for programs
              kith asof churn -o churn.parquet          a training set: each month, what was known then
              less profiles/customer.yaml               the definition of all this
            and add a measure there, then: kith run
            """);
  }
}
