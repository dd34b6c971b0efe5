package dev.kith.run.difference;

import dev.kith.engine.Input;
import dev.kith.engine.Session;
import dev.kith.lake.Changes;
import dev.kith.lake.Release;
import dev.kith.lake.ReleaseEntry;
import dev.kith.lake.Warehouse;
import dev.kith.measures.ChangedRows;
import dev.kith.model.KithException;
import dev.kith.model.TableName;
import dev.kith.model.type.TableSchema;
import dev.kith.run.fault.RunCode;
import java.util.LinkedHashMap;
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
                schemas.put(
                    name.withSuffix(SUFFIX),
                    new ChangedRows(Optional.empty(), entry.schema()).schema());
              }
            });
    return schemas;
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
    session.bindView(
        changes, new ChangedRows(before.map(ReleaseEntry::schema), after.schema()).sql());
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
      session.bind(ChangedRows.AFTER, new Input.Whole(after.version()), Set.of());
      session.bindView(
          ChangedRows.BEFORE, "SELECT * FROM " + ChangedRows.AFTER.quoted() + " WHERE false");
      return;
    }
    boolean follows =
        before.get().table().equals(after.table())
            && before.get().schema().equals(after.schema())
            && warehouse.table(after.table()).changes(before.get().snapshotId(), after.snapshotId())
                instanceof Changes.Known;
    if (follows) {
      session.bind(
          ChangedRows.BEFORE, new Input.Removed(before.get().version(), after.version()), Set.of());
      session.bind(
          ChangedRows.AFTER, new Input.Added(before.get().version(), after.version()), Set.of());
    } else {
      session.bind(ChangedRows.BEFORE, new Input.Whole(before.get().version()), Set.of());
      session.bind(ChangedRows.AFTER, new Input.Whole(after.version()), Set.of());
    }
  }
}
