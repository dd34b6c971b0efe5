package dev.kith.sources;

import dev.kith.lake.TableVersion;
import dev.kith.lake.Warehouse;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.SourceDefinition.Origin;
import dev.kith.model.definition.SourceDefinition.RemovedFile;
import dev.kith.sources.file.FilePlan;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What a source has that was not read yet, as far as it can be told without reading it, and what
 * was read of it before.
 *
 * @param rows what was read, if anything was
 * @param definition the fingerprint of the definition by which it was read last
 */
public record Offer(What what, Optional<TableVersion> rows, Optional<String> definition) {

  /** What is new. */
  public sealed interface What {

    /** Nothing. */
    record Nothing() implements What {}

    /**
     * Files.
     *
     * @param count that are new or have grown
     * @param bytes of these files
     * @param removed files whose rows will go
     */
    record Files(int count, long bytes, int removed) implements What {}

    /** Only the database knows. */
    record Unknown(String connection) implements What {}
  }

  /**
   * Looks at the source's files, or at nothing.
   *
   * @param tables that have what was read
   * @throws dev.kith.model.KithException if a file is missing or was changed in place
   */
  public static Offer of(
      SourceDefinition source,
      SourceTables tables,
      Warehouse warehouse,
      Path project,
      Instant now) {
    SourceState state = SourceState.of(tables, warehouse);
    return new Offer(
        what(source, state, project, now),
        state.version(),
        state.head().map(head -> head.provenance().definition()));
  }

  private static What what(SourceDefinition source, SourceState state, Path project, Instant now) {
    if (source.from() instanceof Origin.Database database) {
      return new What.Unknown(database.connection().value());
    }
    Origin.Files files = (Origin.Files) source.from();
    FilePlan plan =
        FilePlan.of(files, project, state.cursor().files(), state.version().isPresent(), now);
    int removed = files.onRemovedFile() == RemovedFile.DELETE ? plan.removed().size() : 0;
    if (plan.tasks().isEmpty() && removed == 0) {
      return new What.Nothing();
    }
    long bytes = plan.tasks().stream().mapToLong(task -> task.size()).sum();
    return new What.Files(plan.tasks().size(), bytes, removed);
  }
}
