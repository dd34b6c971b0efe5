package dev.kith.sources;

import dev.kith.lake.TableVersion;
import dev.kith.model.Diagnostic;
import dev.kith.model.TableName;
import java.util.List;
import java.util.Optional;

/**
 * What an ingestion did.
 *
 * @param rows the source's table (of an entity: its history) as it is now; empty only if nothing
 *     was ever read of the source, so that its columns are not known
 * @param rejected the table of rejected rows as it is now
 * @param committed false if there was nothing new
 * @param counts all zero if there was nothing new
 * @param warnings such as changed columns, at their place in the definition
 */
public record IngestReport(
    TableName source,
    Optional<TableVersion> rows,
    Optional<TableVersion> rejected,
    boolean committed,
    Counts counts,
    List<Diagnostic> warnings) {

  public IngestReport {
    warnings = List.copyOf(warnings);
  }

  /**
   * Numbers of rows, files and bytes.
   *
   * @param read records, broken ones too
   * @param added events, or keys that were not there
   * @param duplicates events that were there already, and rows of an entity that change nothing
   * @param rejected diverted rows
   * @param updated keys that got a new version
   * @param deleted events, or keys whose last version ended
   * @param files that were read, new or grown
   * @param bytes of their content, decompressed
   */
  public record Counts(
      long read,
      long added,
      long duplicates,
      long rejected,
      long updated,
      long deleted,
      int files,
      long bytes) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0);
  }
}
