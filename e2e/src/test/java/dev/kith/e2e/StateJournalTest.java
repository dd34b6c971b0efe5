package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.lake.PhysicalTable;
import dev.kith.lake.Snapshot;
import dev.kith.lake.Warehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of values grows by each update, and is written anew when it has grown by half. */
class StateJournalTest {

  private static final int DAYS = 9;
  private static final long SEED = Long.getLong("kith.seed", 77L);

  @TempDir Path temporary;

  @Test
  void aJournalIsMeasuredByItsLastWholeWriting() throws IOException {
    Random random = new Random(SEED);
    ProjectFolder project = UpdatedProfileTest.project(temporary);
    List<String> files = new ArrayList<>();
    LocalDate asOf = LocalDate.of(2020, 4, 1);
    List<Integer> wholes = new ArrayList<>();
    long whole = 0;
    for (int day = 0; day < DAYS; day++) {
      UpdatedProfileTest.change(random, day + 1, asOf, files, List.of(project));
      project.kith().succeed("run", "--strategy", "delta", "--as-of", asOf.toString());
      Snapshot head = journal(project);
      String recorded = head.provenance().cursor().orElseThrow();
      if (recorded.equals("all")) {
        wholes.add(day);
        whole = head.totals().rows();
      } else {
        assertThat(recorded).as("seed %d, day %d", SEED, day).isEqualTo(String.valueOf(whole));
        assertThat(head.totals().rows()).isLessThanOrEqualTo(whole * 3 / 2);
      }
      asOf = asOf.plusDays(1);
    }
    assertThat(wholes).as("seed %d", SEED).hasSizeBetween(3, DAYS - 2);
  }

  private static Snapshot journal(ProjectFolder project) {
    try (Warehouse warehouse =
        Warehouse.openExisting(RunRecords.location(project), Clock.systemUTC()).orElseThrow()) {
      PhysicalTable counts =
          warehouse.tables().stream()
              .filter(table -> table.name().matches("customer--kith_counts_.*"))
              .findFirst()
              .orElseThrow();
      return warehouse.table(counts).head().orElseThrow();
    }
  }
}
