package dev.kith.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.SourceSpan;
import dev.kith.model.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DependencyGraphTest {

  private final Problems problems = new Problems();

  @Test
  void buildsInputsFirstAndByNameOtherwise() {
    DependencyGraph graph =
        graph("z:", "a: m z", "m: z x", "b:", "c: a outside c2", "c2:").orElseThrow();
    assertThat(names(graph.buildOrder())).isEqualTo("b c2 z m a c");
    assertThat(names(graph.inputs(TableName.of("a")))).isEqualTo("m z");
    assertThat(names(graph.upstream(TableName.of("c")))).isEqualTo("c2 z m a");
    assertThat(names(graph.downstream(TableName.of("z")))).isEqualTo("m a c");
    assertThat(graph.downstream(TableName.of("c"))).isEmpty();
  }

  @Test
  void aCircleIsNamed() {
    assertThat(graph("a: b", "b: c", "c: a x", "x:", "d: a")).isEmpty();
    assertThat(problems.all())
        .singleElement()
        .hasToString(
            "a.sql:1:1: error[S022]: tables depend on each other in a circle: a -> b -> c -> a\n"
                + "  help: take what both need into a table of its own");
  }

  @Test
  void aTableOfItself() {
    assertThat(graph("a: x a", "x:")).isEmpty();
    assertThat(problems.all()).singleElement().asString().contains("a.sql:1:2", "circle: a -> a");
  }

  @Test
  void severalCirclesAreNamedOnceEach() {
    assertThat(graph("a: b", "b: a", "c: d", "d: e", "e: c", "f: a c")).isEmpty();
    assertThat(problems.all())
        .extracting(problem -> problem.message().replaceAll(".*: ", ""))
        .containsExactly("a -> b -> a", "c -> d -> e -> c");
  }

  @Test
  void orderDoesNotDependOnTheMap() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      Map<TableName, List<Located<TableName>>> references = new HashMap<>();
      int size = 1 + random.nextInt(30);
      for (int i = 0; i < size; i++) {
        List<Located<TableName>> inputs = new ArrayList<>();
        for (int j = 0; j < i; j++) {
          if (random.nextInt(4) == 0) {
            inputs.add(new Located<>(TableName.of("t" + j), SourceSpan.startOf("t.sql")));
          }
        }
        references.put(TableName.of("t" + i), inputs);
      }
      List<TableName> order = DependencyGraph.of(references, problems).orElseThrow().buildOrder();
      assertThat(order).as("seed %d", seed).hasSize(size).doesNotHaveDuplicates();
      references.forEach(
          (table, inputs) ->
              inputs.forEach(
                  input ->
                      assertThat(order.indexOf(input.value()))
                          .as("seed %d", seed)
                          .isLessThan(order.indexOf(table))));
    }
  }

  /** From {@code table: input input}; the inputs' places count from 1. */
  private Optional<DependencyGraph> graph(String... lines) {
    Map<TableName, List<Located<TableName>>> references = new HashMap<>();
    for (String line : lines) {
      String name = line.substring(0, line.indexOf(':'));
      List<Located<TableName>> inputs = new ArrayList<>();
      for (String input : line.substring(line.indexOf(':') + 1).split(" ")) {
        if (!input.isEmpty()) {
          SourceSpan span = SourceSpan.at(name + ".sql", 1, inputs.size() + 1);
          inputs.add(new Located<>(TableName.of(input), span));
        }
      }
      references.put(TableName.of(name), inputs);
    }
    return DependencyGraph.of(references, problems);
  }

  private static String names(List<TableName> tables) {
    return String.join(" ", tables.stream().map(TableName::toString).toList());
  }
}
