package dev.kith.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.Located;
import dev.kith.model.TableColumn;
import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What lineage leaves out has no effect: other values in a column that it names neither for an
 * output column nor for the rows leave that output column's values as they are.
 */
final class LineageMutationTest {

  private static final int ROUNDS = Integer.getInteger("kith.rounds", 1);
  private static final Instant AS_OF = Instant.parse("2024-02-05T00:00:00Z");

  private final long seed = Long.getLong("kith.seed", new Random().nextLong());
  private final Random random = new Random(seed);
  private final Set<String> withoutEffect = new HashSet<>();
  private final Set<String> named = new HashSet<>();
  private final Set<String> withEffect = new HashSet<>();
  private int failed;

  @Test
  void otherColumnsHaveNoEffect() throws IOException, SQLException {
    List<Cases.Case> queries =
        Stream.of("lineage.sql", "portable-corpus.sql").flatMap(LineageMutationTest::read).toList();
    for (int round = 0; round < ROUNDS; round++) {
      try (RandomTables tables = new RandomTables(random)) {
        for (Cases.Case query : queries) {
          check(query, tables);
        }
      }
    }
    System.out.printf(
        "lineage, seed %d: %d pairs without effect, %d of %d named ones seen to have one,"
            + " %d failed%n",
        seed, withoutEffect.size(), withEffect.size(), named.size(), failed);
    assertThat(withoutEffect).hasSizeGreaterThan(2000);
    assertThat(withEffect.size()).isGreaterThan(named.size() / 3);
  }

  private static Stream<Cases.Case> read(String file) {
    try {
      return Cases.read(Path.of("fixtures/valid", file)).all().stream();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void check(Cases.Case query, RandomTables tables) throws SQLException {
    ParsedQuery parsed = Sql.parsed(query.sql(), Purpose.QUESTION);
    if (!parsed.namedHiddenColumns().isEmpty()) {
      return;
    }
    ColumnLineage lineage = Sql.lineage(query.sql());
    String sql = parsed.render(AS_OF);
    List<List<String>> before = tables.columns(sql);
    Set<TableName> read =
        parsed.references().stream().map(Located::value).collect(Collectors.toSet());
    for (TableName table : read) {
      for (Column column : RandomTables.shown(table)) {
        tables.change(table, column);
        try {
          compare(
              query, lineage, new TableColumn(table, column.name()), before, tables.columns(sql));
        } catch (SQLException e) {
          failed++; // a value that the query can't compute with
        }
      }
      tables.restore(table);
    }
  }

  private void compare(
      Cases.Case query,
      ColumnLineage lineage,
      TableColumn changed,
      List<List<String>> before,
      List<List<String>> after) {
    for (int i = 0; i < before.size(); i++) {
      ColumnLineage.Output output = lineage.columns().get(i);
      String pair = query.head() + "|" + i + "|" + changed;
      boolean depends =
          Stream.of(output.derivation(), lineage.rows())
              .flatMap(derivation -> derivation.dependencies().stream())
              .anyMatch(dependency -> dependency.origin().equals(changed));
      if (depends) {
        named.add(pair);
        if (!before.get(i).equals(after.get(i))) {
          withEffect.add(pair);
        }
      } else {
        withoutEffect.add(pair);
        assertThat(after.get(i))
            .as("seed %d, %s: '%s' when %s changes", seed, query.head(), output.name(), changed)
            .isEqualTo(before.get(i));
      }
    }
  }
}
