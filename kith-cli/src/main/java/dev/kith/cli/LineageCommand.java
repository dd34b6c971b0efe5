package dev.kith.cli;

import dev.kith.cli.render.LineageDiagram;
import dev.kith.cli.render.LineageJson;
import dev.kith.cli.render.LineageTree;
import dev.kith.model.TableColumn;
import dev.kith.model.TableName;
import dev.kith.run.Workspace;
import dev.kith.run.lineage.LineageGraph;
import dev.kith.run.lineage.LineageQuestion;
import dev.kith.run.lineage.LineageQuestion.Direction;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "lineage",
    description = "Shows what a table or column comes from, or what comes from it.")
final class LineageCommand implements Callable<Integer> {

  enum Format {
    TREE,
    JSON,
    MERMAID,
    DOT
  }

  private final CliContext context;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private EnvironmentOption environment = new EnvironmentOption();

  @Parameters(
      index = "0",
      paramLabel = "TABLE[.COLUMN]",
      description = "A source, table, profile or dataset, or one of its columns.")
  private String name = "";

  @Option(
      names = {"-d", "--downstream"},
      description = "Shows what comes from it, instead of what it comes from.")
  private boolean downstream;

  @Option(
      names = {"-n", "--depth"},
      paramLabel = "N",
      defaultValue = "100",
      description = "How many steps to follow; all unless given.")
  private int depth;

  @Option(
      names = {"-a", "--all"},
      description = "Follows also what only decides which rows or values count.")
  private boolean all;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "TREE",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format = Format.TREE;

  LineageCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    try (Workspace workspace =
        Workspaces.open(context, common.projectFolder(context), environment.name(context))) {
      LineageGraph graph = workspace.lineage();
      LineageQuestion question = question(graph);
      switch (format) {
        case TREE -> new LineageTree(context.terminal(), graph, question).print();
        case JSON -> LineageJson.print(graph, question, context.terminal().out());
        case MERMAID ->
            context.terminal().out().print(new LineageDiagram(graph, question).mermaid());
        case DOT -> context.terminal().out().print(new LineageDiagram(graph, question).dot());
      }
      return 0;
    }
  }

  private LineageQuestion question(LineageGraph graph) {
    Direction direction = downstream ? Direction.DOWNSTREAM : Direction.UPSTREAM;
    LineageNames names = new LineageNames(graph);
    Optional<TableName> table = names.table(name);
    if (table.isPresent()) {
      return new LineageQuestion(table.get(), Optional.empty(), direction, depth, all);
    }
    TableColumn column = names.column(name);
    return new LineageQuestion(column.table(), Optional.of(column.column()), direction, depth, all);
  }
}
