package dev.kith.benchmarks;

import dev.kith.measures.AsOfCompiler;
import dev.kith.measures.CompiledQuery;
import dev.kith.measures.InputTable;
import dev.kith.measures.Instants;
import dev.kith.measures.ProfilePlan;
import dev.kith.measures.ProfilePlanner;
import dev.kith.model.Problems;
import dev.kith.model.TableName;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.model.definition.Project;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import dev.kith.project.ProjectReader;
import dev.kith.sql.SqlAnalyzer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What happens to a profile of 60 columns before any data is read, step by step. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ProfileCompilation {

  private static final ZoneId ZONE = ZoneOffset.UTC;
  private static final Instants AT = new Instants.Single(Instant.parse("2025-12-31T00:00:00Z"));
  private static final Path NO_EVENTS = Path.of("never-read");

  private static final Map<TableName, InputTable> TABLES =
      Map.of(
          TableName.of("clicks"),
          events(
              "clicks",
              Map.of(
                  "url", Primitive.TEXT, "category", Primitive.TEXT, "dwell", Primitive.INTEGER)),
          TableName.of("orders"),
          events(
              "orders", Map.of("amount", new DataType.Decimal(12, 2), "product", Primitive.TEXT)));

  private final Path folder;
  private final SqlAnalyzer analyzer = new SqlAnalyzer(ZONE);
  private final ProfileDefinition definition;
  private final ProfilePlan plan;

  /** Writes the project into a temporary folder, and takes every step once. */
  public ProfileCompilation() {
    try {
      folder = Files.createTempDirectory("kith-benchmark");
      KithProject project = KithProject.make(folder, NO_EVENTS, "4GB");
      project.profile("customer");
      definition = read().profiles().get(0);
      plan = plan();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes the folder. */
  @TearDown
  public void tearDown() throws IOException {
    analyzer.close();
    KithProject.delete(folder);
  }

  /** From files to definitions. */
  @Benchmark
  public Project read() {
    return ProjectReader.read(folder, name -> Optional.empty()).orThrow();
  }

  /** From a definition to columns with types, which DuckDB is asked for. */
  @Benchmark
  public ProfilePlan plan() {
    Problems problems = new Problems();
    return ProfilePlanner.plan(
            definition, name -> Optional.ofNullable(TABLES.get(name)), analyzer, problems)
        .orElseThrow(() -> new IllegalStateException(problems.all().toString()));
  }

  /** From columns to SQL. */
  @Benchmark
  public CompiledQuery compile() {
    return AsOfCompiler.compile(plan, AT, ZONE);
  }

  private static InputTable events(String name, Map<String, DataType> more) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("customer_id", Primitive.BIGINT));
    columns.add(new Column("ts", Primitive.INSTANT));
    more.forEach((column, type) -> columns.add(new Column(column, type)));
    return new InputTable(
        TableName.of(name),
        new TableSchema(columns),
        Optional.of("ts"),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }
}
