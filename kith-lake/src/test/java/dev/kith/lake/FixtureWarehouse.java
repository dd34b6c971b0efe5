package dev.kith.lake;

import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the small warehouse that is kept in {@code fixtures/warehouse-v1}, with one of everything
 * that the format knows. To write it anew (only while no version was released with it): run {@link
 * #main} with the folder.
 */
final class FixtureWarehouse {

  /** What Iceberg's metadata of the kept warehouse calls its folder; it exists nowhere. */
  static final String ROOT = "/kith/fixtures/warehouse-v1";

  static final TableName ORDERS = TableName.of("orders");
  static final TableName LINES = TableName.parse("sales.lines");
  static final TableName CUSTOMER = TableName.of("customer");
  static final TableName CUSTOMERS = TableName.of("customers");
  static final TableName CUSTOMERS_HISTORY = TableName.of("customers_history");

  private static final TableSchema LINE_SCHEMA =
      TableSchema.of(
          new Column("invoice", Primitive.TEXT),
          new Column("ordered_at", Primitive.INSTANT),
          new Column("amount", new DataType.Decimal(10, 2)));

  private final LakeFixture lake;

  private FixtureWarehouse(LakeFixture lake) {
    this.lake = lake;
  }

  public static void main(String... arguments) {
    Path project = Path.of(arguments[0]).toAbsolutePath();
    String root = arguments.length > 1 ? arguments[1] : ROOT;
    try (LakeFixture lake = new LakeFixture(project, root)) {
      write(lake);
    }
  }

  /** Two releases; the second is what readers see. */
  static void write(LakeFixture lake) {
    FixtureWarehouse fixture = new FixtureWarehouse(lake);
    lake.warehouse.runs().started(LakeFixture.run("run-1"));
    Map<TableName, ReleaseEntry> entries = new LinkedHashMap<>();
    entries.put(ORDERS, fixture.orders());
    entries.put(LINES, fixture.lines());
    Release first = fixture.publish("run-1", Optional.empty(), entries);
    lake.warehouse.runs().finished("run-1", RunEnd.succeeded(Optional.empty()));

    lake.warehouse.runs().started(LakeFixture.run("run-2"));
    entries.put(ORDERS, fixture.changedOrders());
    entries.put(CUSTOMER, fixture.customer());
    ReleaseEntry history = fixture.history();
    entries.put(CUSTOMERS_HISTORY, history);
    entries.put(
        CUSTOMERS,
        new ReleaseEntry(
            history.table(),
            history.snapshotId(),
            history.schema(),
            ReleaseEntry.Kind.CURRENT_OF_HISTORY));
    fixture.publish("run-2", Optional.of(first.id()), entries);
    lake.warehouse.runs().finished("run-2", RunEnd.succeeded(Optional.empty()));
  }

  private Release publish(
      String run, Optional<String> parent, Map<TableName, ReleaseEntry> entries) {
    NewRelease wanted =
        new NewRelease(Release.PRODUCTION, parent, entries, run, LakeFixture.CLOCK.instant());
    Publication publication = lake.warehouse.releases().publish(wanted);
    if (publication instanceof Publication.Published published) {
      lake.warehouse.releases().mirror(published.release());
      return published.release();
    }
    throw new AssertionError(publication);
  }

  private ReleaseEntry orders() {
    LakeTable orders = lake.orders();
    Provenance provenance =
        new Provenance(
            "run-1",
            "definition-1",
            Map.of("clicks", 1L),
            Optional.of(LakeFixture.CLOCK.instant()),
            Optional.of("batch-1"),
            Optional.of("x".repeat(5000)));
    orders
        .commit(provenance)
        .add(lake.ids(orders, "first", List.of(1L, 2L, 3L, 4L, 5L, 6L)))
        .add(lake.ids(orders, "second", List.of(7L, 8L)))
        .commit();
    return entry(orders, ReleaseEntry.Kind.TABLE);
  }

  /** Rows deleted, then a compaction of what had few rows, then a column renamed and one added. */
  private ReleaseEntry changedOrders() {
    LakeTable orders = lake.orders();
    Snapshot head = orders.head().orElseThrow();
    TableCommit commit = orders.commit(LakeFixture.provenance("run-2"));
    for (ScanFile file : orders.scan(head.id())) {
      commit.delete(file, lake.positions(file, List.of(2L, 8L)));
    }
    commit.add(lake.ids(orders, "third", List.of(9L))).commit();
    CompactionPolicy all = new CompactionPolicy(1 << 20, 2, 1);
    Map<CompactionGroup, List<WrittenFile>> rewritten = new LinkedHashMap<>();
    for (CompactionGroup group : orders.compactionNeeded(all)) {
      rewritten.put(group, List.of(lake.compacted(orders, group)));
    }
    orders.compact(rewritten);
    List<Column> columns = new ArrayList<>(orders.schema().columns());
    columns.set(2, new Column("remark", Primitive.TEXT));
    columns.add(new Column("paid", Primitive.BOOLEAN));
    orders.evolve(new TableSchema(columns), Map.of("remark", "note"));
    Snapshot compacted = orders.head().orElseThrow();
    TableCommit last = orders.commit(LakeFixture.provenance("run-2"));
    for (ScanFile file : orders.scan(compacted.id())) {
      last.delete(file, lake.positions(file, List.of(3L)));
    }
    last.add(
            lake.write(
                orders,
                "SELECT 10::BIGINT AS id, TIMESTAMPTZ '2026-01-02' AS at, 'last' AS remark,"
                    + " true AS paid"))
        .commit();
    return entry(orders, ReleaseEntry.Kind.TABLE);
  }

  private ReleaseEntry lines() {
    TableLayout layout =
        new TableLayout(
            LINE_SCHEMA,
            List.of(new Partitioning.ByDay("ordered_at"), new Partitioning.Bucket("invoice", 4)),
            List.of("ordered_at"),
            List.of("invoice"));
    LakeTable lines = lake.warehouse.create(new PhysicalTable("sales__lines_0a1b2c3d"), layout);
    var bucket = Buckets.of(Primitive.TEXT, 4);
    TableCommit commit = lines.commit(LakeFixture.provenance("run-1"));
    for (int i = 0; i < 3; i++) {
      String invoice = "INV" + i;
      commit.add(
          lake.write(
              lines,
              "SELECT '"
                  + invoice
                  + "' AS invoice, TIMESTAMPTZ '2026-01-0"
                  + (i + 1)
                  + " 12:00:00' AS ordered_at, "
                  + i
                  + ".25::DECIMAL(10,2) AS amount",
              "2026-01-0" + (i + 1),
              bucket.apply(invoice)));
    }
    commit.commit();
    return entry(lines, ReleaseEntry.Kind.TABLE);
  }

  private ReleaseEntry customer() {
    DataType item =
        new DataType.Struct(
            List.of(
                new Column("invoice", Primitive.TEXT),
                new Column("amount", new DataType.Decimal(10, 2))));
    TableSchema schema =
        TableSchema.of(
            new Column("customer_id", Primitive.TEXT),
            new Column("spend", Primitive.DOUBLE),
            new Column("born_on", Primitive.DATE),
            new Column("orders", Primitive.INTEGER),
            new Column("transactions", new DataType.ListOf(item)),
            new Column("products", new DataType.MapOf(Primitive.TEXT, Primitive.BIGINT)));
    LakeTable customer =
        lake.warehouse.create(
            new PhysicalTable("customer_77aa00ff"),
            new TableLayout(schema, List.of(), List.of("customer_id"), List.of("customer_id")));
    customer
        .commit(LakeFixture.provenance("run-2"))
        .add(
            lake.write(
                customer,
                "SELECT 'şule' AS customer_id, 'nan'::DOUBLE AS spend, DATE '1990-02-28' AS"
                    + " born_on, 3::INTEGER AS orders, [{invoice: 'INV1', amount:"
                    + " 1.25::DECIMAL(10,2)}] AS transactions, MAP {'tea': 2::BIGINT} AS products"
                    + " UNION ALL SELECT 'zoë', NULL, NULL, NULL, NULL, NULL"))
        .commit();
    return entry(customer, ReleaseEntry.Kind.PROFILE);
  }

  private ReleaseEntry history() {
    TableSchema schema =
        TableSchema.of(
            new Column("customer_id", Primitive.TEXT),
            new Column("valid_from", Primitive.INSTANT),
            new Column("valid_to", Primitive.INSTANT));
    LakeTable history =
        lake.warehouse.create(
            new PhysicalTable("customers_history_5e5e5e5e"), TableLayout.of(schema));
    history
        .commit(LakeFixture.provenance("run-2"))
        .add(
            lake.write(
                history,
                "SELECT 'şule' AS customer_id, TIMESTAMPTZ '0001-01-01' AS valid_from,"
                    + " NULL::TIMESTAMPTZ AS valid_to"))
        .commit();
    return entry(history, ReleaseEntry.Kind.HISTORY);
  }

  private static ReleaseEntry entry(LakeTable table, ReleaseEntry.Kind kind) {
    long head = table.head().orElseThrow().id();
    return new ReleaseEntry(table.name(), head, table.schema(head), kind);
  }
}
