package dev.kith.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kith.engine.EngineCode;
import dev.kith.lake.Warehouse;
import dev.kith.lake.WarehouseLocation;
import dev.kith.model.FaultCategory;
import dev.kith.model.KithException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryBudgetTest {

  private static final long MB = 1L << 20;

  @TempDir private Path root;

  @Test
  void heapEngineAndReserveFitIntoTheProcess() {
    long engine = MemoryBudget.of(4096 * MB, 1024 * MB).engineBytes();

    assertThat(engine).isBetween(2500 * MB, (4096 - 1024 - 256) * MB);
  }

  @Test
  void tooLittleIsAFaultThatSaysHowMuchIsNeeded() {
    KithException fault =
        catchThrowableOfType(KithException.class, () -> MemoryBudget.of(1200 * MB, 1024 * MB));

    assertThat(fault.code()).isEqualTo(EngineCode.MEMORY_TOO_SMALL);
    assertThat(fault.category()).isEqualTo(FaultCategory.USAGE);
    assertThat(fault).hasMessageContaining("1200 MB").hasMessageContaining("1493 MB");
    assertThat(MemoryBudget.of(1494 * MB, 1024 * MB).engineBytes()).isGreaterThan(190 * MB);
  }

  @Test
  void theContainersBoundCounts() throws IOException {
    assertThat(MachineMemory.bytes(root)).isEmpty();
    write("proc/meminfo", "MemFree: 1 kB\nMemTotal:       2048000 kB\n");
    assertThat(MachineMemory.bytes(root)).hasValue(2048000L * 1024);
    write("sys/fs/cgroup/memory.max", "max\n");
    assertThat(MachineMemory.bytes(root)).hasValue(2048000L * 1024);
    write("proc/self/cgroup", "0::/a/b\n");
    write("sys/fs/cgroup/a/b/memory.max", "500000000\n");
    write("sys/fs/cgroup/a/memory.max", "400000000\n");
    assertThat(MachineMemory.bytes(root)).hasValue(400000000L);
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "300000000\n");
    assertThat(MachineMemory.bytes(root)).hasValue(300000000L);
  }

  @Test
  void whatKilledProcessesLeftBehindIsRemoved() throws IOException {
    Path dead = Files.createDirectories(root.resolve("engine-999999999-1/spill"));
    Path own = root.resolve("engine-" + ProcessHandle.current().pid() + "-1");
    Files.createDirectories(own);

    TemporaryFolder.create(root).close();

    assertThat(dead.getParent()).doesNotExist();
    assertThat(own).exists();
  }

  @Test
  void aTemporaryFolderThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "");
    Clock clock = Clock.systemUTC();
    try (Warehouse warehouse =
            Warehouse.open(WarehouseLocation.of(root, Path.of("warehouse")), clock);
        DuckDbEngine engine =
            DuckDbEngine.open(warehouse, DuckDbLimits.of(file.resolve("below")))) {
      assertThatThrownBy(() -> engine.open(ZoneOffset.UTC))
          .isInstanceOf(KithException.class)
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void limitsReachTheDatabase() {
    Clock clock = Clock.systemUTC();
    long process = Runtime.getRuntime().maxMemory() + 512 * MB;
    DuckDbLimits limits =
        new DuckDbLimits(
            Optional.of(process), Optional.of(3), root.resolve("tmp"), Optional.of(77_000_000L));
    try (Warehouse warehouse =
            Warehouse.open(WarehouseLocation.of(root, Path.of("warehouse")), clock);
        DuckDbEngine engine = DuckDbEngine.open(warehouse, limits);
        var session = engine.open(ZoneOffset.UTC);
        var rows =
            session.query(
                """
                SELECT current_setting('threads'), current_setting('memory_limit'),
                  current_setting('max_temp_directory_size')""")) {
      rows.next();
      assertThat(rows.value(0)).isEqualTo(3L);
      assertThat(String.valueOf(rows.value(1))).isEqualTo("230.3 MiB");
      assertThat(String.valueOf(rows.value(2))).isEqualTo("73.4 MiB");
    }
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
