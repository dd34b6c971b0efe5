package dev.kith.run;

import dev.kith.engine.ExportFormat;
import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.lake.LakeTable;
import dev.kith.lake.Release;
import dev.kith.lake.ReleaseEntry;
import dev.kith.lake.ReleaseOrigin;
import dev.kith.lake.Snapshot;
import dev.kith.lake.Warehouse;
import dev.kith.model.KithException;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.SourceSpan;
import dev.kith.model.TableName;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.TableSchema;
import dev.kith.run.build.Bindings;
import dev.kith.run.build.TimeLiterals;
import dev.kith.run.check.CheckTables;
import dev.kith.run.difference.ProfileChanges;
import dev.kith.run.fault.RunCode;
import dev.kith.run.graph.Relations;
import dev.kith.run.graph.Sampling;
import dev.kith.run.plan.RelationVersion;
import dev.kith.run.release.ReleaseFaults;
import dev.kith.sql.ParsedQuery;
import dev.kith.sql.PlainStars;
import dev.kith.sql.Purpose;
import dev.kith.sql.Schemas;
import dev.kith.sql.SqlAnalyzer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One whole release, for as long as it is open: whatever is published meanwhile, it stays. */
public final class ReleaseReader implements AutoCloseable {

  private static final String AS_OF = "as_of";
  private static final String QUERY_FILE = "query";

  private final Release release;
  private final Warehouse warehouse;
  private final Session session;
  private final SqlAnalyzer analyzer;
  private final Sampling sampling;

  ReleaseReader(
      Release release,
      Warehouse warehouse,
      Session session,
      SqlAnalyzer analyzer,
      Sampling sampling) {
    this.release = release;
    this.warehouse = warehouse;
    this.session = session;
    this.analyzer = analyzer;
    this.sampling = sampling;
  }

  /**
   * Understands a query over the release's tables.
   *
   * @throws dev.kith.model.ProjectFaultException with what is wrong with the query
   */
  public Prepared prepare(String sql) {
    return new Prepared(session, readable(sql));
  }

  /** A query that was understood, and that is run each time that its rows are wanted. */
  public static final class Prepared {

    private final Session session;
    private final String sql;

    private Prepared(Session session, String sql) {
      this.session = session;
      this.sql = sql;
    }

    public Rows rows() {
      return session.query(sql);
    }

    /** Writes the rows to a file, instead of what it held before; returns their number. */
    public long export(Path file, ExportFormat format) {
      return session.export(sql, file, format);
    }
  }

  /** As {@link #prepare}, and runs it. */
  public Rows query(String sql) {
    return prepare(sql).rows();
  }

  /** The profile of one person: one row, or none. */
  public Rows lookup(ProfileDefinition profile, String key) {
    ReleaseEntry entry = entry(profile.name());
    Column column =
        entry
            .schema()
            .column(profile.key().value())
            .orElseThrow(() -> otherKey(profile, entry.schema().columns().get(0)));
    return query(
        "SELECT * FROM "
            + profile.name().quoted()
            + " WHERE "
            + column.quotedName()
            + " = CAST('"
            + key.replace("'", "''")
            + "' AS "
            + column.type().sql()
            + ")");
  }

  /** A profile's first column is its key. */
  private KithException otherKey(ProfileDefinition profile, Column then) {
    return KithException.project(
            RunCode.OTHER_KEY,
            profile.name().toString(),
            "Cannot look anybody up in '"
                + profile.name()
                + "' of release "
                + release.sequence()
                + " by '"
                + profile.key().value()
                + "': its key was '"
                + then.name()
                + "' then")
        .withHelp(
            "kith query --release %s \"SELECT * FROM %s WHERE %s = ...\""
                .formatted(release.id(), profile.name(), then.name()));
  }

  /** The instant of a profile. */
  public Optional<Instant> asOf(TableName profile) {
    return release.entry(profile).flatMap(entry -> snapshot(entry).provenance().asOf());
  }

  /** What can be read, by name. */
  public List<TableInfo> tables() {
    if (release.entries().isEmpty()) {
      throw ReleaseFaults.nothingPublished(release.environment());
    }
    List<TableInfo> tables = new ArrayList<>();
    release
        .entries()
        .forEach(
            (name, entry) -> {
              if (entry.kind() != ReleaseEntry.Kind.STATE) {
                tables.add(info(name, entry));
              }
            });
    return tables;
  }

  private TableInfo info(TableName name, ReleaseEntry entry) {
    Snapshot snapshot = snapshot(entry);
    long rows = snapshot.totals().rows();
    if (entry.kind() == ReleaseEntry.Kind.CURRENT_OF_HISTORY) {
      rows = count(name);
    }
    return new TableInfo(
        name,
        TableInfo.Kind.of(entry.kind(), snapshot),
        visible(entry, Set.of()),
        rows,
        snapshot.totals().bytes(),
        snapshot.committedAt());
  }

  private long count(TableName name) {
    try (Rows rows = query("SELECT count(*) AS n FROM " + name.quoted())) {
      rows.next();
      return ((Number) java.util.Objects.requireNonNull(rows.value(0))).longValue();
    }
  }

  /** Holds nothing but what is no part of releases: the failures of a first run, for example. */
  static Release nothing(String environment) {
    return new Release(
        "",
        environment,
        0,
        Optional.empty(),
        Instant.EPOCH,
        "",
        "",
        new ReleaseOrigin.Built(),
        Optional.empty(),
        Map.of());
  }

  /** Which one it is. */
  public Release release() {
    return release;
  }

  /** In which everything is read; closed with the reader. */
  Session session() {
    return session;
  }

  /** A query that somebody typed, to be run in the session: what it reads has been bound. */
  String readable(String sql) {
    Problems problems = new Problems();
    Located<String> located = new Located<>(sql, SourceSpan.startOf(QUERY_FILE));
    Optional<ParsedQuery> parsed = analyzer.parse(located, Purpose.QUESTION, problems);
    problems.throwIfErrors();
    List<Located<TableName>> references = parsed.orElseThrow().references();
    if (release.entries().isEmpty()
        && !references.stream().map(Located::value).allMatch(CheckTables.all()::containsKey)) {
      throw ReleaseFaults.nothingPublished(release.environment());
    }
    Set<String> hidden = parsed.get().namedHiddenColumns();
    Schemas schemas = Schemas.of(schemas(hidden));
    Located<String> shown = new Located<>(PlainStars.in(parsed.get(), schemas), located.span());
    Optional<ParsedQuery> query = analyzer.validateQuery(shown, schemas, problems);
    problems.throwIfErrors();
    references.forEach(reference -> bind(reference.value(), hidden));
    return query.orElseThrow().render(Instant.EPOCH);
  }

  private Map<TableName, TableSchema> schemas(Set<String> hidden) {
    Map<TableName, TableSchema> schemas = new LinkedHashMap<>();
    release.entries().forEach((name, entry) -> schemas.put(name, visible(entry, hidden)));
    schemas.putAll(ProfileChanges.schemas(release));
    schemas.putAll(CheckTables.all());
    return schemas;
  }

  /** The columns that a statement sees which names these hidden ones. */
  private static TableSchema visible(ReleaseEntry entry, Set<String> hidden) {
    boolean current = entry.kind() == ReleaseEntry.Kind.CURRENT_OF_HISTORY;
    List<Column> columns =
        new ArrayList<>(
            entry.schema().columns().stream()
                .filter(column -> !current || !Bindings.isOfHistory(column))
                .filter(column -> !Relations.isHidden(column) || hidden.contains(column.name()))
                .toList());
    if (entry.kind() == ReleaseEntry.Kind.PROFILE) {
      columns.add(1, new Column(AS_OF, DataType.Primitive.INSTANT));
    }
    return new TableSchema(columns);
  }

  /** Makes a table readable in the session, with these hidden columns. */
  void bind(TableName name, Set<String> hidden) {
    if (CheckTables.all().containsKey(name)) {
      CheckTables.bind(name, session, warehouse, release.environment());
    } else if (ProfileChanges.schemas(release).containsKey(name)) {
      new ProfileChanges(warehouse, session).bind(name, release);
    } else {
      bind(name, entry(name), hidden);
    }
  }

  private void bind(TableName name, ReleaseEntry entry, Set<String> hidden) {
    boolean current = entry.kind() == ReleaseEntry.Kind.CURRENT_OF_HISTORY;
    Bindings bindings = new Bindings(session, sampling);
    if (entry.kind() != ReleaseEntry.Kind.PROFILE) {
      bindings.bind(name, new RelationVersion(entry.version(), current), entry.schema(), hidden);
      return;
    }
    TableName stored = TableName.of("kith_stored_" + name.toString().replace('.', '_'));
    bindings.bind(stored, new RelationVersion(entry.version(), false), entry.schema(), hidden);
    Instant asOf = snapshot(entry).provenance().asOf().orElse(Instant.EPOCH);
    String columns =
        visible(entry, hidden).columns().stream()
            .map(
                column ->
                    column.name().equals(AS_OF)
                        ? TimeLiterals.of(asOf) + " AS " + column.quotedName()
                        : column.quotedName())
            .collect(Collectors.joining(", "));
    session.bindView(name, "SELECT " + columns + " FROM " + stored.quoted());
  }

  private Snapshot snapshot(ReleaseEntry entry) {
    LakeTable table = warehouse.table(entry.table());
    return table.snapshot(entry.snapshotId());
  }

  private ReleaseEntry entry(TableName name) {
    return release.entry(name).orElseThrow(() -> unknown(name));
  }

  /** The fault that a release lacks a table. */
  static KithException unknown(TableName name) {
    return KithException.project(
            RunCode.UNKNOWN_TABLE, name.toString(), "Cannot find in the current release: " + name)
        .withHelp("'kith ls' lists what there is; 'kith run' builds what is new");
  }

  @Override
  public void close() {
    session.close();
  }
}
