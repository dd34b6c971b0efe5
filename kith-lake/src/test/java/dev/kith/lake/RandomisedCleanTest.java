package dev.kith.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commits, releases, rollbacks and cleanings in any order: every release that is kept is readable
 * as it was published, tables find what came since they were built, and nothing is left over.
 */
class RandomisedCleanTest {

  private static final int STEPS = 60;
  private static final List<String> ENVIRONMENTS = List.of("prod", "trial");

  @TempDir Path project;

  private final long seed = Long.getLong("kith.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Map<TableVersion, Map<Long, String>> published = new HashMap<>();
  private final Map<PhysicalTable, Map<String, Long>> inputs = new HashMap<>();
  private Instant now = LakeFixture.CLOCK.instant().minus(Duration.ofMinutes(STEPS));
  private long nextId;

  @Test
  void whatIsKeptIsWholeAndTheRestIsGone() {
    System.out.println("RandomisedCleanTest seed " + seed + " (-Dkith.seed=" + seed + ")");
    try (LakeFixture lake = new LakeFixture(project)) {
      List<LakeTable> tables = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        LakeTable table =
            lake.warehouse.create(new PhysicalTable("t" + i), TableLayout.of(LakeFixture.SCHEMA));
        tables.add(table);
        commit(lake, tables, table);
      }
      for (int step = 0; step < STEPS; step++) {
        now = now.plus(Duration.ofMinutes(1));
        int choice = random.nextInt(10);
        if (choice < 5) {
          commit(lake, tables, tables.get(random.nextInt(tables.size())));
        } else if (choice < 8) {
          publish(lake, tables);
        } else if (choice < 9) {
          rollback(lake);
        } else {
          clean(lake, tables);
        }
      }
      clean(lake, tables);
    }
  }

  /** Adds and removes rows, built from the head of another table. */
  private void commit(LakeFixture lake, List<LakeTable> tables, LakeTable table) {
    LakeTable input = tables.get(random.nextInt(tables.size()));
    Map<String, Long> from = new TreeMap<>();
    if (input != table && random.nextBoolean()) {
      input.head().ifPresent(head -> from.put(input.name().name(), head.id()));
      inputs.put(table.name(), from);
    } else {
      from.putAll(inputs.getOrDefault(table.name(), Map.of()));
    }
    Optional<String> cursor =
        random.nextInt(5) == 0 ? Optional.of("x".repeat(5000)) : Optional.empty();
    TableCommit commit =
        table.commit(new Provenance("run", "d", from, Optional.empty(), Optional.empty(), cursor));
    Optional<Snapshot> head = table.head();
    if (head.isPresent()) {
      for (ScanFile file : table.scan(head.get().id())) {
        switch (random.nextInt(4)) {
          case 0 -> commit.remove(file);
          case 1 -> commit.delete(file, RowPositions.of(random.nextInt((int) file.rows())));
          default -> {}
        }
      }
    }
    commit.add(lake.ids(table, "s", List.of(nextId, nextId + 1))).commit();
    nextId += 2;
    if (random.nextInt(6) == 0) {
      lake.ids(table, "never committed", List.of(nextId++));
    }
  }

  private void publish(LakeFixture lake, List<LakeTable> tables) {
    String environment = ENVIRONMENTS.get(random.nextInt(ENVIRONMENTS.size()));
    Map<TableName, ReleaseEntry> entries = new TreeMap<>();
    for (LakeTable table : tables) {
      if (random.nextInt(4) > 0) {
        long head = table.head().orElseThrow().id();
        ReleaseEntry entry =
            new ReleaseEntry(table.name(), head, LakeFixture.SCHEMA, ReleaseEntry.Kind.TABLE);
        entries.put(TableName.of(table.name().name()), entry);
        published.computeIfAbsent(entry.version(), version -> lake.rows(table, head));
      }
    }
    Releases releases = lake.warehouse.releases();
    Publication publication =
        releases.publish(
            new NewRelease(
                environment, releases.current(environment).map(Release::id), entries, "run", now));
    if (random.nextInt(3) > 0) {
      releases.mirror(((Publication.Published) publication).release());
    }
  }

  private void rollback(LakeFixture lake) {
    List<Release> history = lake.warehouse.releases().history("prod");
    if (!history.isEmpty()) {
      String target = history.get(random.nextInt(history.size())).id();
      lake.warehouse.releases().rollback("prod", target, "anna", now);
    }
  }

  private void clean(LakeFixture lake, List<LakeTable> tables) {
    Set<PhysicalTable> wanted = Set.copyOf(tables.stream().map(LakeTable::name).toList());
    Duration keep =
        Duration.between(now, LakeFixture.CLOCK.instant()).plusMinutes(random.nextInt(20));
    lake.warehouse.clean(
        new CleanPolicy(keep, 1 + random.nextInt(3), wanted, Duration.ZERO, false));

    assertThat(lake.warehouse.releases().environments()).hasSizeLessThanOrEqualTo(2);
    for (String environment : ENVIRONMENTS) {
      for (Release release : lake.warehouse.releases().history(environment)) {
        for (ReleaseEntry entry : release.entries().values()) {
          LakeTable table = lake.warehouse.table(entry.table());
          assertThat(lake.rows(table, entry.snapshotId()))
              .as("seed %d: %s of %s", seed, entry.table(), release.id())
              .isEqualTo(published.get(entry.version()));
        }
      }
    }
    inputs.forEach(
        (table, from) ->
            from.forEach(
                (name, snapshot) -> {
                  LakeTable input = lake.warehouse.table(new PhysicalTable(name));
                  assertThat(input.changes(snapshot, input.head().orElseThrow().id()))
                      .as("seed %d: what came to %s since %s was built", seed, name, table)
                      .isInstanceOf(Changes.Known.class);
                }));
    assertThat(Unreferenced.files(lake)).as("seed %d", seed).isEmpty();
  }
}
