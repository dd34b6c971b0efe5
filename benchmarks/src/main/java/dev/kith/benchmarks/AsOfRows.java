package dev.kith.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A million people, each at a second of the second year, with the 60 columns of the profile. */
final class AsOfRows {

  private static final int ROWS = 1_000_000;
  private static final int SECONDS = 31_449_600; // of 364 days

  private final Setting setting;
  private final Programs programs;

  AsOfRows(Setting setting) throws IOException {
    this.setting = setting;
    this.programs = setting.programs();
  }

  void measure(Report report) throws IOException, InterruptedException, SQLException {
    Path folder = setting.work().resolve("as-of-" + setting.size().text());
    KithProject project = KithProject.make(folder, setting.events().folder(), setting.memory());
    programs.kith("kith-ingest", "run", "-C", folder.toString());
    project.profile("customer");
    Path rows = pairs();
    List<Trial> trials = new ArrayList<>();
    for (int round = 1; round <= setting.rounds(); round++) {
      trials.add(answer(folder, rows));
      System.err.println("Round " + round + ": " + trials.get(round - 1));
    }
    Series kith = new Series("kith asof", trials);
    report.heading("as-of, " + setting.size().text());
    report.line(
        ("`kith asof customer --keys rows.parquet --at as_of -o rows.parquet` with `memory: %s`: %,d"
                + " different people and seconds, evenly spread, 60 columns, straight from the events"
                + " as they were ingested.")
            .formatted(setting.memory(), ROWS));
    report.table(List.of(kith));
    double seconds = kith.spread(Trial::wallSeconds).median();
    report.line(String.format(Locale.ROOT, "%,.0f rows per second of wall time.", ROWS / seconds));
  }

  private Trial answer(Path folder, Path rows) throws IOException, InterruptedException {
    Path result = setting.work().resolve("as-of.parquet");
    return programs.kith(
        "kith-asof",
        "asof",
        "customer",
        "-C",
        folder.toString(),
        "--keys",
        rows.toString(),
        "--at",
        "as_of",
        "-o",
        result.toString());
  }

  private Path pairs() throws IOException, SQLException {
    Path file = setting.work().resolve("as-of-rows-" + setting.size().text() + ".parquet");
    Files.deleteIfExists(file);
    try (Duck duck = new Duck()) {
      duck.execute(
          "COPY (SELECT CAST(1000000 + hash(i) %% %s AS BIGINT) AS customer_id, TIMESTAMPTZ '2025-01-01 00:00:00+00' + to_seconds(CAST(hash(-i) %% %d AS BIGINT)) AS as_of FROM range(1, %d) AS t(i)) TO %s (FORMAT parquet)"
              .formatted(
                  setting.size().parameters().get("NC"), SECONDS, ROWS + 1, Duck.quoted(file)));
    }
    return file;
  }
}
