package dev.kith.run.difference;

import dev.kith.engine.Input;
import dev.kith.engine.Session;
import dev.kith.lake.Changes;
import dev.kith.lake.Release;
import dev.kith.lake.ReleaseEntry;
import dev.kith.lake.Warehouse;
import dev.kith.model.KithException;
import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.ListOf;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import dev.kith.run.fault.RunCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a profile's rows differ from those in the release before, as the table {@code NAME_changes}
 * that every release has: the key, whether the person was {@code added}, {@code removed} or {@code
 * changed}, and of a changed one the columns that hold something else. Nothing is stored for it: it
 * is what two versions of the profile say when it is read, so it cannot disagree with them.
 */
public final class ProfileChanges {

  private static final String SUFFIX = "_changes";
  private static final String CHANGE = "change";
  private static final String COLUMNS = "changed_columns";
  private static final TableName BEFORE = TableName.of("kith_changes_before");
  private static final TableName AFTER = TableName.of("kith_changes_after");

  private final Warehouse warehouse;
  private final Session session;

  public ProfileChanges(Warehouse warehouse, Session session) {
    this.warehouse = warehouse;
    this.session = session;
  }

  /** The columns of the changes of a release's profiles, by name. */
  public static Map<TableName, TableSchema> schemas(Release release) {
    Map<TableName, TableSchema> schemas = new LinkedHashMap<>();
    release
        .entries()
        .forEach(
            (name, entry) -> {
              if (entry.kind() == ReleaseEntry.Kind.PROFILE) {
                schemas.put(name.withSuffix(SUFFIX), schema(entry));
              }
            });
    return schemas;
  }

  private static TableSchema schema(ReleaseEntry profile) {
    return new TableSchema(
        List.of(
            key(profile),
            new Column(CHANGE, Primitive.TEXT),
            new Column(COLUMNS, new ListOf(Primitive.TEXT))));
  }

  private static Column key(ReleaseEntry profile) {
    return profile.schema().columns().get(0);
  }

  /**
   * Makes the changes of a profile readable under their name.
   *
   * @throws KithException if the release before is no longer kept
   */
  public void bind(TableName changes, Release release) {
    String text = changes.toString();
    TableName profile = TableName.parse(text.substring(0, text.length() - SUFFIX.length()));
    ReleaseEntry after = release.entry(profile).orElseThrow();
    Optional<ReleaseEntry> before =
        release.parent().flatMap(parent -> parent(parent, profile).entry(profile));
    bind(before, after);
    session.bindView(changes, sql(before, after));
  }

  private Release parent(String parent, TableName profile) {
    return warehouse
        .releases()
        .release(parent)
        .orElseThrow(
            () ->
                KithException.project(
                    RunCode.UNKNOWN_RELEASE,
                    profile.toString(),
                    "Cannot tell what changed in '"
                        + profile
                        + "': the release before is no longer kept"));
  }

  /** Rows that are in both for certain need not be read. */
  private void bind(Optional<ReleaseEntry> before, ReleaseEntry after) {
    if (before.isEmpty()) {
      session.bind(AFTER, new Input.Whole(after.version()), Set.of());
      session.bindView(BEFORE, "SELECT * FROM " + AFTER.quoted() + " WHERE false");
      return;
    }
    boolean follows =
        before.get().table().equals(after.table())
            && before.get().schema().equals(after.schema())
            && warehouse.table(after.table()).changes(before.get().snapshotId(), after.snapshotId())
                instanceof Changes.Known;
    if (follows) {
      session.bind(BEFORE, new Input.Removed(before.get().version(), after.version()), Set.of());
      session.bind(AFTER, new Input.Added(before.get().version(), after.version()), Set.of());
    } else {
      session.bind(BEFORE, new Input.Whole(before.get().version()), Set.of());
      session.bind(AFTER, new Input.Whole(after.version()), Set.of());
    }
  }

  private static String sql(Optional<ReleaseEntry> before, ReleaseEntry after) {
    TableSchema old = before.map(ReleaseEntry::schema).orElse(after.schema());
    String key = key(after).quotedName();
    String oldKey = before.map(ProfileChanges::key).orElse(key(after)).quotedName();
    List<String> differing = new ArrayList<>();
    for (Column column : after.schema().columns()) {
      if (!column.equals(key(after))) {
        differing.add(named(column, differs(column, old)));
      }
    }
    for (Column column : old.columns()) {
      if (after.schema().column(column.name()).isEmpty()) {
        differing.add(named(column, "b." + column.quotedName() + " IS NOT NULL"));
      }
    }
    String columns = differing.isEmpty() ? "CAST([] AS VARCHAR[])" : String.join(" || ", differing);
    return """
        SELECT * FROM (
        SELECT coalesce(a.%1$s, b.%2$s) AS %1$s,
          CASE WHEN b.kith_there IS NULL THEN 'added' WHEN a.kith_there IS NULL THEN 'removed'
            ELSE 'changed' END AS %3$s,
          CASE WHEN b.kith_there AND a.kith_there THEN %4$s END AS %5$s
        FROM (SELECT true AS kith_there, * FROM %6$s) AS b
        FULL JOIN (SELECT true AS kith_there, * FROM %7$s) AS a ON a.%1$s = b.%2$s)
        WHERE %5$s IS NULL OR len(%5$s) > 0"""
        .formatted(key, oldKey, CHANGE, columns, COLUMNS, BEFORE.quoted(), AFTER.quoted());
  }

  /** Of a column that was not there, or was of another type, nothing is the same but NULL. */
  private static String differs(Column column, TableSchema old) {
    Optional<Column> same = old.column(column.name());
    if (same.isPresent() && same.get().type().equals(column.type())) {
      return KeyedComparison.differs(column);
    }
    String now = "a." + column.quotedName() + " IS NOT NULL";
    return same.isPresent() ? "(" + now + " OR b." + column.quotedName() + " IS NOT NULL)" : now;
  }

  private static String named(Column column, String differs) {
    return "CASE WHEN %s THEN ['%s'] ELSE CAST([] AS VARCHAR[]) END"
        .formatted(differs, column.name().replace("'", "''"));
  }
}
