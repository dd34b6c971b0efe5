package dev.kith.run.check;

import dev.kith.engine.Input;
import dev.kith.engine.Session;
import dev.kith.lake.LakeTable;
import dev.kith.lake.PhysicalTable;
import dev.kith.lake.Release;
import dev.kith.lake.ReleaseOrigin;
import dev.kith.lake.Snapshot;
import dev.kith.lake.TableVersion;
import dev.kith.lake.Warehouse;
import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The two tables of each environment that keep what came of checks. They are no part of releases: a
 * run that failed has published nothing, and its failures are what people want to look at.
 */
public final class CheckTables {

  /** A row for each check of each run. */
  public static final TableName RESULTS = TableName.of("kith_checks");

  /** Rows at fault, at most 20 for each check that failed. */
  public static final TableName SAMPLES = TableName.of("kith_check_samples");

  private static final String RELEASE = "release";
  private static final TableName STORED = TableName.of("kith_stored_checks");
  private static final Map<TableName, TableSchema> SCHEMAS = schemas();

  private CheckTables() {}

  /** The columns of each, by name. */
  public static Map<TableName, TableSchema> all() {
    return SCHEMAS;
  }

  /** Whether any check has run yet. */
  public static boolean exist(Warehouse warehouse, String environment) {
    return warehouse.exists(physical(RESULTS, environment));
  }

  /**
   * The tables that hold them: no release names these, and cleaning must leave them, as long as
   * their environment stays. Those of results come first.
   */
  public static Set<PhysicalTable> physicalTables(Warehouse warehouse, Instant now) {
    Set<String> environments = new LinkedHashSet<>(List.of(Release.PRODUCTION));
    warehouse.releases().environments().stream()
        .filter(environment -> !environment.isExpired(now))
        .forEach(environment -> environments.add(environment.name()));
    Set<PhysicalTable> tables = new LinkedHashSet<>();
    environments.forEach(environment -> tables.add(physical(RESULTS, environment)));
    environments.forEach(environment -> tables.add(physical(SAMPLES, environment)));
    return tables;
  }

  static PhysicalTable physical(TableName name, String environment) {
    return new PhysicalTable(
        environment.equals(Release.PRODUCTION) ? name.name() : name.name() + "__" + environment);
  }

  /** Makes one readable under its name, with all that is kept by now. */
  public static void bind(
      TableName name, Session session, Warehouse warehouse, String environment) {
    Optional<TableVersion> head = head(name, warehouse, environment);
    if (head.isEmpty()) {
      session.bindView(name, empty(name));
      return;
    }
    if (!name.equals(RESULTS)) {
      session.bind(name, new Input.Whole(head.get()), Set.of());
      return;
    }
    session.bind(STORED, new Input.Whole(head.get()), Set.of());
    session.bindView(name, withReleases(warehouse, environment));
  }

  private static Optional<TableVersion> head(
      TableName name, Warehouse warehouse, String environment) {
    PhysicalTable physical = physical(name, environment);
    if (!warehouse.exists(physical)) {
      return Optional.empty();
    }
    LakeTable table = warehouse.table(physical);
    return table.head().map(Snapshot::id).map(id -> new TableVersion(physical, id));
  }

  /** The columns of one of them. */
  static TableSchema schema(TableName name) {
    return Objects.requireNonNull(SCHEMAS.get(name));
  }

  private static String empty(TableName name) {
    return schema(name).columns().stream()
        .map(column -> "CAST(NULL AS " + column.type().sql() + ") AS " + column.quotedName())
        .collect(Collectors.joining(", ", "SELECT ", " WHERE false"));
  }

  /** Results are kept before anything is published; what a run then published, releases know. */
  private static String withReleases(Warehouse warehouse, String environment) {
    String releases =
        warehouse.releases().history(environment).stream()
            .filter(release -> release.origin() instanceof ReleaseOrigin.Built)
            .map(release -> "(%s, %s)".formatted(literal(release.run()), literal(release.id())))
            .collect(Collectors.joining(", "));
    if (releases.isEmpty()) {
      return "SELECT * FROM " + STORED.quoted();
    }
    String columns =
        schema(RESULTS).columns().stream()
            .map(
                column ->
                    column.name().equals(RELEASE)
                        ? "coalesce(s.release, r.release) AS release"
                        : "s." + column.quotedName())
            .collect(Collectors.joining(", "));
    return "SELECT %s FROM %s AS s LEFT JOIN (VALUES %s) AS r(run, release) ON r.run = s.run"
        .formatted(columns, STORED.quoted(), releases);
  }

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static Map<TableName, TableSchema> schemas() {
    Map<TableName, TableSchema> schemas = new LinkedHashMap<>();
    schemas.put(
        RESULTS,
        TableSchema.of(
            text("run"),
            text(RELEASE),
            text("table_name"),
            text("check_name"),
            text("kind"),
            text("severity"),
            text("status"),
            text("observed"),
            text("bound"),
            new Column("failing_rows", Primitive.BIGINT),
            text("message"),
            new Column("checked_at", Primitive.INSTANT)));
    schemas.put(
        SAMPLES,
        TableSchema.of(
            text("run"),
            text("table_name"),
            text("check_name"),
            new Column("number", Primitive.INTEGER),
            text("sample")));
    return schemas;
  }

  private static Column text(String name) {
    return new Column(name, Primitive.TEXT);
  }
}
