package dev.kith.sources;

import dev.kith.model.type.Column;
import dev.kith.sources.file.FileState;
import java.util.List;
import java.util.Optional;

/**
 * What was read of a source, staged.
 *
 * @param parts temporary tables that the rows are in
 * @param next the cursor once the rows are committed, without the batch of rejected rows
 * @param added columns whose types were inferred now
 * @param withoutValues columns that were taken as text for want of a value
 * @param missing columns that are known and were not in the rows
 * @param removed files whose rows are to go
 * @param snapshot whether the rows are all that the source has: what is missing was deleted
 * @param unfitSql a query of rows with values that do not fit their columns, as that of {@link
 *     Requirements#query}
 * @param rereadSql a condition on rows that may have been taken before though nothing names them:
 *     of each such row as many are new as there are more of than in the table
 */
record Intake(
    StagedRows rows,
    List<String> parts,
    SourceCursor next,
    List<Column> added,
    List<String> withoutValues,
    List<String> missing,
    List<FileState> removed,
    boolean snapshot,
    Optional<String> unfitSql,
    Optional<String> rereadSql,
    RawTexts raws,
    long read,
    int files,
    long bytes) {}
