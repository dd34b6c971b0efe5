package dev.kith.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.engine.WriteMode.Append;
import dev.kith.engine.WriteMode.Overwrite;
import dev.kith.engine.WriteMode.ReplaceKeys;
import dev.kith.engine.WriteMode.ReplaceRange;
import dev.kith.engine.WriteMode.Synchronise;
import dev.kith.lake.Partitioning;
import dev.kith.lake.PhysicalTable;
import dev.kith.lake.TableLayout;
import dev.kith.lake.TableVersion;
import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.ListOf;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random writes in all modes against a list of rows in memory that is changed in the same way. */
@NullMarked
public abstract class RandomisedWriteContract extends EngineContract {

  private static final int WRITES = 30;

  private static final TableSchema SCHEMA =
      TableSchema.of(
          new Column("id", Primitive.INTEGER),
          new Column("day", Primitive.DATE),
          new Column("x", Primitive.DOUBLE),
          new Column("words", new ListOf(Primitive.TEXT)));

  private static final Instant START = LocalDate.of(2024, 1, 1).atStartOfDay(SEOUL).toInstant();

  /** NULL in all places, values that are equal and not the same, few of each. */
  private static final List<@Nullable Double> NUMBERS =
      Arrays.asList(null, 0.0, -0.0, Double.NaN, 1.5);

  private static final List<@Nullable List<@Nullable String>> WORDS =
      Arrays.asList(null, List.of(), Arrays.asList("a", null), List.of("이"));

  private record Row(
      @Nullable Integer id,
      @Nullable LocalDate day,
      @Nullable Double x,
      @Nullable List<@Nullable String> words) {

    static Row of(List<@Nullable Object> values) {
      @SuppressWarnings("unchecked")
      List<@Nullable String> words = (List<@Nullable String>) values.get(3);
      return new Row(
          (Integer) values.get(0), (LocalDate) values.get(1), (Double) values.get(2), words);
    }
  }

  @Test
  void tablesHoldWhatTheWritesSay() {
    long seed = new Random().nextLong();
    for (int i = 0; i < 2; i++) {
      run(seed + i);
    }
  }

  private void run(long seed) {
    Random random = new Random(seed);
    List<Partitioning> partitioning =
        random.nextBoolean() ? List.of() : List.of(new Partitioning.ByDay("day"));
    List<String> sorted = random.nextBoolean() ? List.of() : List.of("id");
    PhysicalTable table =
        create(
            "t_" + Long.toHexString(seed),
            new TableLayout(SCHEMA, partitioning, sorted, List.of("id")));
    List<Row> model = new ArrayList<>();
    List<TableVersion> versions = new ArrayList<>();
    List<List<Row>> contents = new ArrayList<>();
    for (int i = 0; i < WRITES; i++) {
      String step = "seed %d, write %d".formatted(seed, i);
      List<Row> before = List.copyOf(model);
      WriteOutcome outcome = step(random, table, model);
      if (random.nextInt(8) == 0) {
        session.compact(table);
      }

      assertThat(actual(table)).as(step).containsExactlyInAnyOrderElementsOf(model);
      if (outcome.snapshotId().isEmpty()) {
        assertThat(model).as(step).containsExactlyInAnyOrderElementsOf(before);
        continue;
      }
      assertThat(outcome.rowsAdded() - outcome.rowsDeleted())
          .as(step)
          .isEqualTo(model.size() - before.size());
      versions.add(head(table));
      contents.add(List.copyOf(model));
      int from = random.nextInt(versions.size());
      checkChanges(step, versions.get(from), head(table), contents.get(from), model);
    }
  }

  /** Rows that came and went turn the earlier content into the later one. */
  private void checkChanges(
      String step, TableVersion from, TableVersion to, List<Row> before, List<Row> after) {
    session.bind(TableName.of("added"), new Input.Added(from, to), Set.of());
    session.bind(TableName.of("removed"), new Input.Removed(from, to), Set.of());
    List<Row> replayed = new ArrayList<>(before);
    for (List<@Nullable Object> row : rows("SELECT * FROM removed")) {
      assertThat(replayed.remove(Row.of(row))).as(step).isTrue();
    }
    rows("SELECT * FROM added").forEach(row -> replayed.add(Row.of(row)));
    assertThat(replayed).as(step).containsExactlyInAnyOrderElementsOf(after);
  }

  private WriteOutcome step(Random random, PhysicalTable table, List<Row> model) {
    List<Row> fresh = IntStream.range(0, random.nextInt(12)).mapToObj(i -> row(random)).toList();
    switch (random.nextInt(6)) {
      case 0, 1 -> {
        model.addAll(fresh);
        return write(table, new Append(), staged(fresh));
      }
      case 2 -> {
        model.clear();
        model.addAll(fresh);
        return write(table, new Overwrite(), staged(fresh));
      }
      case 3 -> {
        return synchronise(random, table, model, fresh);
      }
      case 4 -> {
        return replaceRange(random, table, model, fresh);
      }
      default -> {
        return replaceKeys(random, table, model, fresh);
      }
    }
  }

  private WriteOutcome synchronise(
      Random random, PhysicalTable table, List<Row> model, List<Row> fresh) {
    Map<Integer, Row> byKey = new LinkedHashMap<>();
    model.forEach(row -> byKey.putIfAbsent(Objects.requireNonNullElse(row.id(), -1), row));
    fresh.forEach(row -> byKey.put(Objects.requireNonNullElse(row.id(), -1), row));
    byKey.values().removeIf(row -> random.nextInt(10) == 0);
    List<Row> rows = List.copyOf(byKey.values());
    model.clear();
    model.addAll(rows);
    return write(table, new Synchronise(List.of("id")), staged(rows));
  }

  private WriteOutcome replaceRange(
      Random random, PhysicalTable table, List<Row> model, List<Row> fresh) {
    int first = random.nextInt(4);
    LocalDate from = LocalDate.of(2024, 1, 1).plusDays(first);
    LocalDate to = from.plusDays(1 + random.nextInt(2));
    List<Row> kept = model.stream().filter(row -> isWithin(row, from, to)).toList();
    List<Row> rows =
        new ArrayList<>(fresh.stream().filter(row -> isWithin(row, from, to)).toList());
    kept.stream().filter(row -> random.nextInt(3) > 0).forEach(rows::add);
    model.removeIf(row -> isWithin(row, from, to));
    model.addAll(rows);
    WriteMode mode =
        new ReplaceRange(
            "day", from.atStartOfDay(SEOUL).toInstant(), to.atStartOfDay(SEOUL).toInstant());
    return write(table, mode, staged(rows));
  }

  private WriteOutcome replaceKeys(
      Random random, PhysicalTable table, List<Row> model, List<Row> fresh) {
    Set<@Nullable Integer> keys = new LinkedHashSet<>();
    IntStream.range(0, random.nextInt(4)).forEach(i -> keys.add(id(random)));
    List<Row> rows = new ArrayList<>(fresh);
    model.stream()
        .filter(row -> keys.contains(row.id()) && random.nextInt(3) > 0)
        .forEach(rows::add);
    model.removeIf(row -> keys.contains(row.id()));
    model.addAll(rows);
    TableSchema keySchema = TableSchema.of(new Column("k", Primitive.INTEGER));
    try (RowSink sink = session.stage("keys", keySchema)) {
      keys.forEach(key -> sink.add(new @Nullable Object[] {key}));
    }
    return write(
        table,
        new ReplaceKeys(List.of("id"), "SELECT k FROM keys", random.nextBoolean()),
        staged(rows));
  }

  private static boolean isWithin(Row row, LocalDate from, LocalDate to) {
    return row.day() != null && !row.day().isBefore(from) && row.day().isBefore(to);
  }

  private String staged(List<Row> rows) {
    try (RowSink sink = session.stage("fresh", SCHEMA)) {
      rows.forEach(row -> sink.add(row.id(), row.day(), row.x(), row.words()));
    }
    return "SELECT * FROM fresh";
  }

  private List<Row> actual(PhysicalTable table) {
    if (warehouse.table(table).head().isEmpty()) {
      return List.of();
    }
    bind(table);
    return rows("SELECT * FROM t").stream().map(Row::of).toList();
  }

  private static @Nullable Integer id(Random random) {
    int id = random.nextInt(9);
    return id == 0 ? null : id;
  }

  private static Row row(Random random) {
    int day = random.nextInt(6);
    return new Row(
        id(random),
        day == 5 ? null : LocalDate.ofInstant(START, SEOUL).plusDays(day),
        NUMBERS.get(random.nextInt(NUMBERS.size())),
        WORDS.get(random.nextInt(WORDS.size())));
  }
}
