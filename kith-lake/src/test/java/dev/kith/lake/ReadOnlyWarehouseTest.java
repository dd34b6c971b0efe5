package dev.kith.lake;

import static dev.kith.lake.LakeFixture.provenance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.model.KithException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadOnlyWarehouseTest {

  @TempDir Path project;

  @Test
  void whereThereIsNoneNothingIsMade() {
    assertThat(openExisting()).isEmpty();
    assertThat(project).isEmptyDirectory();
  }

  @Test
  void readingLeavesEveryByteAsItWas() {
    long head;
    try (LakeFixture lake = new LakeFixture(project)) {
      FixtureWarehouse.write(lake);
      head = lake.warehouse.table(LakeFixture.ORDERS).head().orElseThrow().id();
    }
    Map<String, Integer> before = contents();
    try (Warehouse warehouse = openExisting().orElseThrow()) {
      assertThat(warehouse.releases().history(Release.PRODUCTION)).hasSize(2);
      assertThat(warehouse.runs().recent(5)).hasSize(2);
      assertThat(TableHeadsTest.snapshot(warehouse, LakeFixture.ORDERS).id()).isEqualTo(head);
      assertThat(warehouse.table(LakeFixture.ORDERS).scan(head)).isNotEmpty();
    }
    assertThat(contents()).isEqualTo(before);
  }

  /** What another process has written is in the -wal file until somebody moves it over. */
  @Test
  void whatIsOnlyInTheWriteAheadLogIsReadAndLeftThere() {
    try (LakeFixture lake = new LakeFixture(project)) {
      Snapshot head = lake.orders().commit(provenance("a")).commit();
      Map<String, Integer> before = contents();
      try (Warehouse warehouse = openExisting().orElseThrow()) {
        assertThat(warehouse.table(LakeFixture.ORDERS).head()).contains(head);
      }
      assertThat(contents()).isEqualTo(before);
    }
  }

  @Test
  void anOlderDatabaseIsReadWithoutMigratingIt() throws IOException {
    FixtureWarehouseTest.copyFixture(project);
    Map<String, Integer> before = contents();
    try (Warehouse warehouse = openExisting().orElseThrow()) {
      Release release = warehouse.releases().current(Release.PRODUCTION).orElseThrow();
      assertThat(release.origin()).isEqualTo(new ReleaseOrigin.Built());
      assertThat(warehouse.runs().recent(5))
          .extracting(RunRecord::environment)
          .containsOnly(Release.PRODUCTION);
      assertThat(warehouse.releases().environments())
          .extracting(Environment::release)
          .containsExactly(Optional.of(release.id()));
      assertThat(warehouse.heads()).hasSize(4);
    }
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void writingIsRefused() {
    try (LakeFixture lake = new LakeFixture(project)) {
      lake.orders().commit(provenance("a")).commit();
    }
    try (Warehouse warehouse = openExisting().orElseThrow()) {
      for (var write :
          List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
              () -> warehouse.runs().started(LakeFixture.run("a")),
              () -> warehouse.table(LakeFixture.ORDERS).commit(provenance("b")).commit())) {
        assertThatThrownBy(write)
            .isInstanceOfSatisfying(
                KithException.class, e -> assertThat(e.code()).isEqualTo(LakeCode.CANNOT_WRITE));
      }
    }
  }

  @Test
  void aWarehouseWithoutItsDatabaseIsAFault() throws IOException {
    new LakeFixture(project).close();
    Files.delete(LakeFixture.location(project).database());

    assertThatThrownBy(this::openExisting)
        .isInstanceOfSatisfying(
            KithException.class, e -> assertThat(e.code()).isEqualTo(LakeCode.DATABASE_LOST));
  }

  private Optional<Warehouse> openExisting() {
    return Warehouse.openExisting(LakeFixture.location(project), LakeFixture.CLOCK);
  }

  /** All files but SQLite's -shm and -wal. */
  private Map<String, Integer> contents() {
    Map<String, Integer> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(project)) {
      files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().matches(".*-(shm|wal)"))
          .forEach(file -> contents.put(project.relativize(file).toString(), hash(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return contents;
  }

  private static int hash(Path file) {
    try {
      return Arrays.hashCode(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
