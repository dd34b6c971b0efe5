package dev.kith.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.lake.PhysicalTable;
import dev.kith.lake.TableLayout;
import dev.kith.lake.Warehouse;
import dev.kith.model.FaultCategory;
import dev.kith.model.KithException;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Work that is too large, takes too long, or meets damaged files. */
@NullMarked
public abstract class ResilienceContract extends EngineContract {

  private static final TableSchema WIDE =
      TableSchema.of(
          new Column("id", Primitive.BIGINT),
          new Column("a", Primitive.TEXT),
          new Column("b", Primitive.TEXT));

  /** Takes minutes, and little memory. */
  private static final String LONG =
      "SELECT count(*) AS id FROM range(1000000) a, range(1000000) b WHERE hash(a.range, b.range) = 1";

  /**
   * The engine with the least memory that it works in.
   *
   * @param temporaryBytes the most that may spill
   */
  protected abstract Engine small(Warehouse over, Path temporaryFolder, long temporaryBytes);

  private static String large(int rows) {
    return "SELECT range AS id, md5(range::VARCHAR) AS a, md5((range + 1)::VARCHAR) AS b FROM range(%d)"
        .formatted(rows);
  }

  @Test
  void workLargerThanMemorySpills() {
    PhysicalTable table = create("t_1", new TableLayout(WIDE, List.of(), List.of("a"), List.of()));
    try (Engine small = small(warehouse, project.resolve("small"), 20L << 30);
        Session tight = small.open(SEOUL)) {
      tight.materialise("m", large(3_000_000));
      WriteOutcome outcome =
          tight.write(
              new WriteRequest(
                  table, "SELECT * FROM m", new WriteMode.Overwrite(), provenance(), false));

      assertThat(outcome.rowsAdded()).isEqualTo(3_000_000);
    }
    bind(table);
    assertThat(lines("SELECT count(DISTINCT id), max(a = md5(id::VARCHAR)) FROM t"))
        .containsExactly("3000000|true");
    assertThat(project.resolve("small")).isEmptyDirectory();
  }

  @Test
  void theBoundOfTemporaryFilesIsKept() {
    try (Engine small = small(warehouse, project.resolve("small"), 50L << 20);
        Session tight = small.open(SEOUL)) {
      KithException fault = fault(() -> tight.materialise("m", large(10_000_000)));

      assertThat(fault.code()).isEqualTo(EngineCode.OUT_OF_SPACE);
      assertThat(fault.category()).isEqualTo(FaultCategory.OUTSIDE);
      assertThat(fault.help()).isPresent();
      try (Rows rows = tight.query("SELECT 1 AS a")) {
        assertThat(rows.next()).as("works on").isTrue();
      }
    }
  }

  @Test
  void aLongStatementTellsHowFarItIsAndCanBeStopped() throws Exception {
    PhysicalTable table = create("t_1", TableLayout.of(WIDE));
    session.watch();
    for (Runnable work :
        List.<Runnable>of(
            () -> rows(LONG), () -> session.materialise("m", LONG), () -> append(table, LONG))) {
      CompletableFuture<KithException> stopped =
          CompletableFuture.supplyAsync(() -> fault(work::run));
      await(() -> session.progress() >= 0);
      session.cancel();

      KithException fault = stopped.get(20, TimeUnit.SECONDS);
      assertThat(fault.code()).isEqualTo(EngineCode.CANCELLED);
    }
    assertThat(warehouse.table(table).head()).isEmpty();
    assertThat(lines("SELECT 1")).as("works on").containsExactly("1");
    assertThat(session.progress()).isNegative();
  }

  @Test
  void anEngineThatIsStoppedBeginsNothingMore() throws Exception {
    try (Engine other = open(warehouse, project.resolve("other"));
        Session busy = other.open(SEOUL)) {
      busy.watch();
      CompletableFuture<KithException> stopped =
          CompletableFuture.supplyAsync(() -> fault(() -> busy.materialise("m", LONG)));
      await(() -> busy.progress() >= 0);
      other.stop();

      assertThat(stopped.get(20, TimeUnit.SECONDS).code()).isEqualTo(EngineCode.CANCELLED);
      assertThat(fault(() -> busy.materialise("m", "SELECT 1 AS a")).code())
          .isEqualTo(EngineCode.CANCELLED);
      try (Session later = other.open(SEOUL)) {
        assertThat(fault(() -> later.materialise("m", "SELECT 1 AS a")).code())
            .isEqualTo(EngineCode.CANCELLED);
      }
    }
  }

  @Test
  void aRunningStreamCanBeStopped() throws Exception {
    try (Rows rows = session.query("SELECT range FROM range(100000000000)")) {
      assertThat(rows.next()).isTrue();
      session.cancel();

      KithException fault =
          fault(
              () -> {
                while (rows.next()) {
                  assertThat(rows.value(0)).isNotNull();
                }
              });
      assertThat(fault.code()).isEqualTo(EngineCode.CANCELLED);
    }
  }

  @Test
  void damagedFilesAreNamed() throws IOException {
    PhysicalTable table = create("t_1", TableLayout.of(WIDE));
    append(table, large(10_000));
    bind(table);
    Path file = warehouse.table(table).scan(head(table).snapshotId()).get(0).path();
    byte[] good = Files.readAllBytes(file);

    byte[] cut = Arrays.copyOf(good, good.length / 2);
    Files.write(file, cut);
    KithException cutOff = fault(() -> rows("SELECT sum(length(a)) FROM t"));
    byte[] altered = good.clone();
    Arrays.fill(altered, 100, good.length / 2, (byte) 0x5a);
    Files.write(file, altered);
    KithException changed =
        fault(() -> rows("SELECT sum(length(a)), sum(length(b)), sum(id) FROM t"));
    Files.delete(file);
    KithException missing = fault(() -> rows("SELECT sum(length(a)) FROM t"));

    assertThat(cutOff.code()).as(cutOff.toString()).isEqualTo(EngineCode.UNREADABLE_FILE);
    assertThat(changed.code()).as(changed.toString()).isEqualTo(EngineCode.UNREADABLE_FILE);
    assertThat(missing.code()).as(missing.toString()).isEqualTo(EngineCode.FILE_ACCESS_FAILED);
    assertThat(missing).hasMessageContaining(file.toString());
  }

  @Test
  void aMessageNamesTheFaultAndNotOurStatementAroundIt() {
    KithException fault =
        fault(() -> rows("SELECT CAST(x AS INTEGER) FROM (VALUES ('1'), ('abc')) t(x)"));

    assertThat(fault.code()).isEqualTo(EngineCode.STATEMENT_FAILED);
    assertThat(fault.category()).isEqualTo(FaultCategory.PROJECT);
    assertThat(fault).hasMessageContaining("abc").hasMessageNotContainingAny("LINE", "\n");
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean() && System.nanoTime() < until) {
      Thread.sleep(5);
    }
  }
}
