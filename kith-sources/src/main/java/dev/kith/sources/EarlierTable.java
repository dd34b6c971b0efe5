package dev.kith.sources;

import dev.kith.lake.PhysicalTable;
import dev.kith.lake.Snapshot;
import dev.kith.lake.Warehouse;
import dev.kith.model.KithException;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.sources.fault.SourceCode;
import dev.kith.sources.file.FilePlan;
import dev.kith.sources.file.FileState;
import dev.kith.sources.file.FileTask;
import java.util.Comparator;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table that a source had under an earlier definition. */
final class EarlierTable {

  private EarlierTable() {}

  /**
   * Refuses to begin a new table if files that the earlier one was made from are gone: their rows
   * would silently be missing.
   */
  static void checkInputIsThere(
      SourceDefinition source, Warehouse warehouse, SourceState state, FilePlan plan) {
    if (state.table().isPresent()) {
      return;
    }
    Set<String> there = plan.tasks().stream().map(FileTask::name).collect(Collectors.toSet());
    Pattern name =
        Pattern.compile(
            Pattern.quote(state.names().stem())
                + "[0-9a-f]{8}"
                + Pattern.quote(state.names().suffix()));
    warehouse.tables().stream()
        .filter(table -> name.matcher(table.name()).matches())
        .flatMap(table -> head(warehouse, table))
        .max(Comparator.comparing(Snapshot::committedAt))
        .flatMap(head -> head.provenance().cursor())
        .map(SourceCursor::parse)
        .flatMap(
            cursor ->
                cursor.files().values().stream()
                    .filter(file -> file.bytes() > 0)
                    .map(FileState::path)
                    .filter(path -> !there.contains(path))
                    .findFirst())
        .ifPresent(
            path -> {
              throw KithException.project(
                      SourceCode.REREAD_IMPOSSIBLE,
                      source.span().toString(),
                      "Cannot read '%s' anew for its changed definition: %s is gone"
                          .formatted(source.name(), path))
                  .withHelp("Bring the file back, or undo the change of key, time or types");
            });
  }

  private static java.util.stream.Stream<Snapshot> head(Warehouse warehouse, PhysicalTable table) {
    return warehouse.table(table).head().stream();
  }
}
