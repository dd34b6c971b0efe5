package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.engine.Engine;
import dev.kith.engine.RowSink;
import dev.kith.engine.Session;
import dev.kith.engine.WriteMode;
import dev.kith.engine.WriteRequest;
import dev.kith.engine.duckdb.DuckDbEngine;
import dev.kith.engine.duckdb.DuckDbLimits;
import dev.kith.lake.LakeTable;
import dev.kith.lake.PhysicalTable;
import dev.kith.lake.Provenance;
import dev.kith.lake.Release;
import dev.kith.lake.ReleaseEntry;
import dev.kith.lake.ReleaseOrigin;
import dev.kith.lake.TableLayout;
import dev.kith.lake.Warehouse;
import dev.kith.lake.WarehouseLocation;
import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.TableSchema;
import dev.kith.run.difference.ComparedRows;
import dev.kith.run.difference.DifferenceOptions;
import dev.kith.run.difference.ReleaseComparison;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Differences are what a naive comparison in Java finds, by whichever way they are found. */
class DiffOracleTest {

  private static final TableName NAME = TableName.of("things");
  private static final int ROUNDS = 60;
  private static final TableSchema SCHEMA =
      new TableSchema(
          List.of(
              new Column("name", DataType.Primitive.TEXT),
              new Column("id", DataType.Primitive.INTEGER),
              new Column("score", DataType.Primitive.DOUBLE)));

  /** A row: {@code null} wherever SQL has NULL, the id too. */
  private record Row(@Nullable String name, @Nullable Integer id, @Nullable Double score) {}

  /** What differs, as both sides tell it. */
  private record Found(
      boolean keyed, long added, long removed, long changed, Map<String, Long> changedIn) {}

  @TempDir Path folder;

  @Test
  void randomTables() {
    long seed = new Random().nextLong();
    Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    try (Warehouse warehouse =
            Warehouse.open(WarehouseLocation.of(folder, Path.of("warehouse")), clock);
        Engine engine = DuckDbEngine.open(warehouse, DuckDbLimits.of(folder.resolve("tmp")));
        Session session = engine.open(ZoneOffset.UTC)) {
      for (int round = 0; round < ROUNDS; round++) {
        round(round, new Random(seed + round), warehouse, session, "seed " + seed);
      }
    }
  }

  private void round(int round, Random random, Warehouse warehouse, Session session, String seed) {
    boolean keyed = random.nextBoolean();
    boolean repeated = !keyed || random.nextInt(4) == 0;
    boolean oneTable = keyed ? !repeated : random.nextBoolean();
    List<Row> before = rows(random, repeated);
    List<Row> after = edited(random, before, repeated);
    List<String> key = keyed ? List.of("id") : List.of();
    LakeTable first = table(warehouse, "t" + round + "_a", key);
    LakeTable second = oneTable ? first : table(warehouse, "t" + round + "_b", key);
    WriteMode mode = oneTable && keyed ? new WriteMode.Synchronise(key) : new WriteMode.Overwrite();
    Release old = release(1, write(session, first, before, mode));
    Release now = release(2, write(session, second, after, mode));

    String about = seed + ", round " + round + ": " + before + " → " + after;
    assertThat(compare(warehouse, session, old, now))
        .as(about)
        .isEqualTo(naive(before, after, keyed));
    assertThat(compare(warehouse, session, now, old))
        .as("back, " + about)
        .isEqualTo(naive(after, before, keyed));
  }

  private static Found compare(Warehouse warehouse, Session session, Release from, Release to) {
    ComparedRows rows =
        new ReleaseComparison(
                warehouse, session, Map.of(), Set.of(), new DifferenceOptions(List.of(), 1000))
            .compare(from, to)
            .tables()
            .get(0)
            .rows();
    if (!(rows instanceof ComparedRows.Counted counted)) {
      return new Found(false, 0, 0, 0, Map.of());
    }
    if (!counted.key().isEmpty()) { // all are shown: their number is known
      assertThat(counted.samples())
          .hasSize((int) (counted.added() + counted.removed() + counted.changed()));
    }
    return new Found(
        !counted.key().isEmpty() && !counted.isSame(),
        counted.added(),
        counted.removed(),
        counted.changed(),
        new TreeMap<>(counted.changedIn()));
  }

  private static List<Row> rows(Map<Optional<Integer>, List<Row>> byKey, Optional<Integer> key) {
    return Objects.requireNonNull(byKey.get(key));
  }

  private static Found naive(List<Row> before, List<Row> after, boolean hasKey) {
    Map<Optional<Integer>, List<Row>> old = byKey(before);
    Map<Optional<Integer>, List<Row>> now = byKey(after);
    boolean pairs =
        old.keySet().stream()
            .filter(now::containsKey)
            .allMatch(key -> rows(old, key).size() == 1 && rows(now, key).size() == 1);
    if (!hasKey || !pairs) {
      List<Row> added = new ArrayList<>(after);
      before.forEach(added::remove);
      List<Row> removed = new ArrayList<>(before);
      after.forEach(removed::remove);
      return new Found(false, added.size(), removed.size(), 0, Map.of());
    }
    long added = after.stream().filter(row -> !old.containsKey(key(row))).count();
    long removed = before.stream().filter(row -> !now.containsKey(key(row))).count();
    Map<String, Long> changedIn = new TreeMap<>();
    long changed = 0;
    for (Row row : before) {
      if (now.containsKey(key(row))) {
        Row other = rows(now, key(row)).get(0);
        boolean name = !Objects.equals(row.name(), other.name());
        boolean score = !Objects.equals(row.score(), other.score());
        if (name) {
          changedIn.merge("name", 1L, Long::sum);
        }
        if (score) {
          changedIn.merge("score", 1L, Long::sum);
        }
        changed += name || score ? 1 : 0;
      }
    }
    return new Found(added + removed + changed > 0, added, removed, changed, changedIn);
  }

  private static Optional<Integer> key(Row row) {
    return Optional.ofNullable(row.id());
  }

  private static Map<Optional<Integer>, List<Row>> byKey(List<Row> rows) {
    Map<Optional<Integer>, List<Row>> byKey = new HashMap<>();
    rows.forEach(row -> byKey.computeIfAbsent(key(row), id -> new ArrayList<>()).add(row));
    return byKey;
  }

  private static List<Row> rows(Random random, boolean repeated) {
    List<Row> rows = new ArrayList<>();
    int count = random.nextInt(30);
    for (int i = 0; i < count; i++) {
      Integer id = i == 0 && random.nextBoolean() ? null : (Integer) i;
      rows.add(row(random, repeated && random.nextInt(5) == 0 ? (Integer) 1 : id));
    }
    return rows;
  }

  private static Row row(Random random, @Nullable Integer id) {
    String name = random.nextInt(6) == 0 ? null : "n" + random.nextInt(3);
    Double score = random.nextInt(6) == 0 ? null : (Double) (double) random.nextInt(3);
    return new Row(name, id, score);
  }

  private static List<Row> edited(Random random, List<Row> before, boolean repeated) {
    List<Row> after = new ArrayList<>();
    for (Row row : before) {
      switch (random.nextInt(6)) {
        case 0 -> {}
        case 1 -> after.add(row(random, row.id()));
        default -> after.add(row);
      }
    }
    int more = random.nextInt(4);
    for (int i = 0; i < more; i++) {
      after.add(row(random, repeated ? random.nextInt(40) : 100 + i));
    }
    return after;
  }

  private static LakeTable table(Warehouse warehouse, String name, List<String> key) {
    return warehouse.create(
        new PhysicalTable(name), new TableLayout(SCHEMA, List.of(), List.of(), key));
  }

  private static ReleaseEntry write(
      Session session, LakeTable table, List<Row> rows, WriteMode mode) {
    try (RowSink sink = session.stage("kith_rows", SCHEMA)) {
      rows.forEach(row -> sink.add(row.name(), row.id(), row.score()));
    }
    Provenance provenance =
        new Provenance("run", "d", Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
    session.write(
        new WriteRequest(table.name(), "SELECT * FROM kith_rows", mode, provenance, true));
    session.drop("kith_rows");
    return new ReleaseEntry(
        table.name(), table.head().orElseThrow().id(), SCHEMA, ReleaseEntry.Kind.TABLE);
  }

  private static Release release(long sequence, ReleaseEntry entry) {
    return new Release(
        "prod-" + sequence,
        Release.PRODUCTION,
        sequence,
        Optional.empty(),
        Instant.EPOCH,
        "",
        "",
        new ReleaseOrigin.Built(),
        Optional.empty(),
        Map.of(NAME, entry));
  }
}
