package dev.kith.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A profile of 60 columns from events that are already in the warehouse, against the statement that
 * an expert would write for it.
 */
final class FullBuild {

  /** Kith's processor time may be this many times the expert's. */
  private static final double MOST = 1.15;

  private final Setting setting;
  private final Programs programs;
  private final EventFiles events;
  private final Path expertResult;

  FullBuild(Setting setting) throws IOException, SQLException {
    this.setting = setting;
    this.programs = setting.programs();
    this.events = setting.events();
    this.expertResult = setting.work().resolve("expert.parquet");
  }

  void measure(Report report) throws IOException, InterruptedException, SQLException {
    KithProject project = ingested();
    Path script = expertScript();
    List<Trial> expert = new ArrayList<>();
    List<Trial> kith = new ArrayList<>();
    String profile = "";
    for (int round = 1; round <= setting.rounds(); round++) {
      expert.add(programs.run("expert", PlainDuckDb.class.getName(), List.of(script.toString())));
      profile = "customer_" + round;
      project.profile(profile);
      kith.add(build(project));
      System.err.println(
          "Round " + round + ": " + expert.get(round - 1) + " " + kith.get(round - 1));
    }
    Path kithResult = export(project, profile);
    report.heading("full-build, " + setting.size().text());
    report.line(
        "60 columns as of "
            + Size.AS_OF
            + ", zstd Parquet by key. The expert: `CREATE TABLE AS` and `COPY ... ORDER BY` in a"
            + " plain DuckDB with a memory limit of "
            + setting.memory()
            + ". Kith: `kith run --as-of "
            + Size.AS_OF
            + "` with `memory: "
            + setting.memory()
            + "`, a profile that was never built, events ingested before.");
    Series yardstick = new Series("expert", expert);
    Series candidate = new Series("kith run", kith);
    report.table(List.of(yardstick, candidate));
    report.gate("CPU", candidate, yardstick, trial -> trial.usage().cpuSeconds(), MOST);
    report.line("Results: " + ProfileComparison.compare(expertResult, kithResult));
  }

  /** One build of a profile within the memory given, without a contestant. */
  void measureMemory(Report report) throws IOException, InterruptedException, SQLException {
    KithProject project = ingested();
    project.profile("customer_memory");
    Series kith = new Series("kith run", List.of(build(project)));
    report.heading("memory, " + setting.size().text());
    report.line("`kith run` of the same profile with `memory: " + setting.memory() + "`.");
    report.table(List.of(kith));
    report.memoryGate(List.of(kith), setting.memory());
  }

  private KithProject ingested() throws IOException, InterruptedException {
    Path folder = setting.work().resolve("full-build-" + setting.size().text());
    KithProject project = KithProject.make(folder, events.folder(), setting.memory());
    Trial ingest = programs.kith("kith-ingest", "run", "-C", folder.toString());
    System.err.println("Ingested: " + ingest);
    return project;
  }

  private Trial build(KithProject project) throws IOException, InterruptedException {
    return programs.kith(
        "kith-run", "run", "-C", project.folder().toString(), "--as-of", Size.AS_OF);
  }

  private Path expertScript() throws IOException {
    Path script = setting.work().resolve("expert.sql");
    return Files.writeString(
        script,
        setting.expert(Size.AS_OF, events.clicks(), events.orders())
            + "COPY (SELECT * FROM expert ORDER BY customer_id) TO "
            + Duck.quoted(expertResult)
            + " (FORMAT parquet, COMPRESSION zstd);\n");
  }

  private Path export(KithProject project, String profile)
      throws IOException, InterruptedException {
    Path result = setting.work().resolve("kith.parquet");
    programs.kith(
        "kith-export",
        "query",
        "-C",
        project.folder().toString(),
        "-o",
        result.toString(),
        "select * from " + profile);
    return result;
  }
}
