package dev.kith.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Parquet files into the warehouse, against a plain copy of the same rows. */
final class Ingest {

  private static final double MOST = 1.5;

  private final Setting setting;
  private final Programs programs;
  private final EventFiles events;

  Ingest(Setting setting) throws IOException, SQLException {
    this.setting = setting;
    this.programs = setting.programs();
    this.events = setting.events();
  }

  void measure(Report report) throws IOException, InterruptedException {
    Path script = copyScript();
    Path folder = setting.work().resolve("ingest-" + setting.size().text());
    List<Trial> copy = new ArrayList<>();
    List<Trial> kith = new ArrayList<>();
    for (int round = 1; round <= setting.rounds(); round++) {
      copy.add(programs.run("copy", PlainDuckDb.class.getName(), List.of(script.toString())));
      KithProject.make(folder, events.folder(), setting.memory());
      kith.add(programs.kith("kith-ingest", "run", "-C", folder.toString()));
      System.err.println("Round " + round + ": " + copy.get(round - 1) + " " + kith.get(round - 1));
    }
    report.heading("ingest, " + setting.size().text());
    report.line(
        "The events' Parquet files ("
            + events.bytes() / 1_000_000
            + " MB). The yardstick: one `COPY` per table to a zstd Parquet file, in the order read,"
            + " compressed as DuckDB does by default. Kith: the first `kith run` of a project that has just the two sources, `memory: "
            + setting.memory()
            + "`; it adds three columns, among them where each row is from, and compresses at level"
            + " 1.");
    Series yardstick = new Series("copy", copy);
    Series candidate = new Series("kith run", kith);
    report.table(List.of(yardstick, candidate));
    report.gate("CPU", candidate, yardstick, trial -> trial.usage().cpuSeconds(), MOST);
    report.gate("Wall time", candidate, yardstick, Trial::wallSeconds, MOST);
    KithProject.delete(folder);
  }

  private Path copyScript() throws IOException {
    return Files.writeString(
        setting.work().resolve("copy.sql"),
        setting.means() + copy("clicks", events.clicks()) + copy("orders", events.orders()));
  }

  private String copy(String table, List<Path> files) {
    Path target = setting.work().resolve("copy-" + table + ".parquet");
    return "COPY (FROM read_parquet(["
        + Duck.list(files)
        + "])) TO "
        + Duck.quoted(target)
        + " (FORMAT parquet, COMPRESSION zstd);\n";
  }
}
