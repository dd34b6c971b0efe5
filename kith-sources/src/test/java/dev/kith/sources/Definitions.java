package dev.kith.sources;

import dev.kith.model.Located;
import dev.kith.model.SourceSpan;
import dev.kith.model.TableName;
import dev.kith.model.definition.Documentation;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.SourceDefinition.ColumnDeclaration;
import dev.kith.model.definition.SourceDefinition.Deduplication;
import dev.kith.model.definition.SourceDefinition.FileFormat;
import dev.kith.model.definition.SourceDefinition.FileOptions;
import dev.kith.model.definition.SourceDefinition.Kind;
import dev.kith.model.definition.SourceDefinition.Origin;
import dev.kith.model.definition.SourceDefinition.RejectionLimit;
import dev.kith.model.definition.SourceDefinition.Relation;
import dev.kith.model.definition.SourceDefinition.RemovedFile;
import dev.kith.model.definition.SourceDefinition.Requirement;
import dev.kith.model.definition.SourceDefinition.TypeChange;
import dev.kith.model.type.DataType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Builds definitions of sources for tests. */
final class Definitions {

  private static final SourceSpan SPAN = SourceSpan.at("sources/s.yaml", 1, 9);

  private final Kind kind;
  private final List<Located<String>> key = new ArrayList<>();
  private final List<Located<String>> id = new ArrayList<>();
  private Optional<Located<String>> at = Optional.empty();
  private Optional<Located<String>> changedAt = Optional.empty();
  private Deduplication dedupe = Deduplication.TOUCHED;
  private final List<Located<String>> paths = new ArrayList<>();
  private Optional<FileFormat> format = Optional.empty();
  private FileOptions options = FileOptions.DEFAULT;
  private RemovedFile removed = RemovedFile.IGNORE;
  private Optional<Origin> database = Optional.empty();
  private ZoneId zone = ZoneId.of("Europe/London");
  private final Map<String, ColumnDeclaration> columns = new LinkedHashMap<>();
  private final List<Requirement> require = new ArrayList<>();
  private RejectionLimit limit = new RejectionLimit.Unlimited();
  private TypeChange onTypeChange = TypeChange.REJECT;

  private Definitions(Kind kind) {
    this.kind = kind;
  }

  static Definitions events(String... paths) {
    return new Definitions(Kind.EVENTS).files(paths);
  }

  static Definitions entity(String key, String... paths) {
    Definitions definitions = new Definitions(Kind.ENTITY).files(paths);
    definitions.key.add(located(key));
    return definitions;
  }

  static <T> Located<T> located(T value) {
    return new Located<>(value, SPAN);
  }

  private Definitions files(String... names) {
    Stream.of(names).map(Definitions::located).forEach(paths::add);
    return this;
  }

  Definitions at(String column) {
    at = Optional.of(located(column));
    return this;
  }

  Definitions id(String... names) {
    Stream.of(names).map(Definitions::located).forEach(id::add);
    return this;
  }

  Definitions changedAt(String column) {
    changedAt = Optional.of(located(column));
    return this;
  }

  Definitions global() {
    dedupe = Deduplication.GLOBAL;
    return this;
  }

  Definitions format(FileFormat value) {
    format = Optional.of(value);
    return this;
  }

  Definitions options(FileOptions value) {
    options = value;
    return this;
  }

  Definitions encoding(String name) {
    return options(
        new FileOptions(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(name),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  Definitions deleteRemoved() {
    removed = RemovedFile.DELETE;
    return this;
  }

  Definitions zone(String name) {
    zone = ZoneId.of(name);
    return this;
  }

  Definitions column(String name, String type) {
    return column(name, type, null, null);
  }

  Definitions column(
      String name,
      @org.jspecify.annotations.Nullable String type,
      @org.jspecify.annotations.Nullable String dates,
      @org.jspecify.annotations.Nullable String renamedFrom) {
    columns.put(
        name,
        new ColumnDeclaration(
            SPAN,
            Optional.ofNullable(type).map(text -> DataType.parse(text).orElseThrow()),
            Optional.ofNullable(dates),
            Optional.ofNullable(renamedFrom)));
    return this;
  }

  Definitions require(Requirement requirement) {
    require.add(requirement);
    return this;
  }

  Definitions notNull(String column) {
    return require(new Requirement.NotNull(List.of(located(column)), SPAN));
  }

  Definitions range(String column, String min, String max) {
    return require(
        new Requirement.Range(located(column), Optional.of(min), Optional.of(max), SPAN));
  }

  Definitions limit(RejectionLimit value) {
    limit = value;
    return this;
  }

  Definitions failOnTypeChange() {
    onTypeChange = TypeChange.ERROR;
    return this;
  }

  Definitions table(String connection, String table, String... cursorAndLookback) {
    return database(connection, new Relation.Table(located(table)), cursorAndLookback);
  }

  Definitions query(String connection, String sql, String... cursorAndLookback) {
    return database(connection, new Relation.Query(located(sql)), cursorAndLookback);
  }

  private Definitions database(String connection, Relation relation, String... more) {
    database =
        Optional.of(
            new Origin.Database(
                located(connection),
                relation,
                Stream.of(more).findFirst().map(Definitions::located),
                Stream.of(more).skip(1).findFirst().map(Definitions::located)));
    return this;
  }

  SourceDefinition build() {
    return build("s");
  }

  SourceDefinition build(String name) {
    return new SourceDefinition(
        TableName.of(name),
        Documentation.NONE,
        SPAN,
        kind,
        key,
        at,
        id,
        changedAt,
        dedupe,
        database.orElseGet(() -> new Origin.Files(paths, format, options, removed)),
        zone,
        columns,
        require,
        limit,
        onTypeChange);
  }
}
