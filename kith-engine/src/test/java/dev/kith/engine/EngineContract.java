package dev.kith.engine;

import dev.kith.lake.PhysicalTable;
import dev.kith.lake.Provenance;
import dev.kith.lake.TableLayout;
import dev.kith.lake.TableVersion;
import dev.kith.lake.Warehouse;
import dev.kith.lake.WarehouseLocation;
import dev.kith.model.KithException;
import dev.kith.model.TableName;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An engine over an empty warehouse, and short ways to say what the contracts test. */
@NullMarked
public abstract class EngineContract {

  protected static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

  @TempDir protected Path project;
  protected Warehouse warehouse;
  protected Engine engine;
  protected Session session;

  @NullUnmarked
  protected EngineContract() {}

  /** The engine under test. */
  protected abstract Engine open(Warehouse over, Path temporaryFolder);

  @BeforeEach
  void openAll() {
    Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    warehouse = Warehouse.open(WarehouseLocation.of(project, Path.of("warehouse")), clock);
    engine = open(warehouse, project.resolve("tmp"));
    session = engine.open(SEOUL);
  }

  @AfterEach
  void closeAll() {
    session.close();
    engine.close();
    warehouse.close();
  }

  protected PhysicalTable create(String name, TableLayout layout) {
    PhysicalTable table = new PhysicalTable(name);
    warehouse.create(table, layout);
    return table;
  }

  protected static Provenance provenance() {
    return new Provenance(
        "run-1", "definition", Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  protected WriteOutcome write(PhysicalTable table, WriteMode mode, String sql) {
    return session.write(new WriteRequest(table, sql, mode, provenance(), false));
  }

  protected WriteOutcome append(PhysicalTable table, String sql) {
    return write(table, new WriteMode.Append(), sql);
  }

  /** The newest snapshot. */
  protected TableVersion head(PhysicalTable table) {
    return new TableVersion(table, warehouse.table(table).head().orElseThrow().id());
  }

  /** Binds the newest snapshot under the name {@code t}. */
  protected void bind(PhysicalTable table) {
    session.bind(TableName.of("t"), new Input.Whole(head(table)), Set.of());
  }

  /** The rows of a query. */
  protected List<List<@Nullable Object>> rows(String sql) {
    List<List<@Nullable Object>> result = new ArrayList<>();
    try (Rows rows = session.query(sql)) {
      while (rows.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 0; i < rows.schema().columns().size(); i++) {
          row.add(rows.value(i));
        }
        result.add(row);
      }
    }
    return result;
  }

  /** Each row of a query as {@code 1|a|null}. */
  protected List<String> lines(String sql) {
    return rows(sql).stream()
        .map(row -> String.join("|", row.stream().map(String::valueOf).toList()))
        .toList();
  }

  /** The rows of a table's newest snapshot, ordered by all columns. */
  protected List<String> content(PhysicalTable table) {
    if (warehouse.table(table).head().isEmpty()) {
      return List.of();
    }
    bind(table);
    return lines("SELECT * FROM t ORDER BY ALL");
  }

  /** Runs what must fail, and gives the fault. */
  protected static KithException fault(ThrowingCallable work) {
    return Assertions.catchThrowableOfType(KithException.class, work);
  }
}
