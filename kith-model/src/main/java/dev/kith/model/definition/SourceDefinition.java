package dev.kith.model.definition;

import dev.kith.model.Located;
import dev.kith.model.SourceSpan;
import dev.kith.model.TableName;
import dev.kith.model.type.DataType;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code sources/NAME.yaml}: where rows come from and what they are.
 *
 * @param key the columns that name an entity; empty for events
 * @param at the column that says when an event happened, or an entity's fact became true
 * @param id the columns that, with {@code at}, tell duplicates of an event; may be empty
 * @param changedAt for an entity, the column that says from when a version is valid
 * @param timezone of local timestamps; the project's unless given
 * @param columns declared columns, in order; the rest is inferred and then pinned
 */
public record SourceDefinition(
    TableName name,
    Documentation documentation,
    SourceSpan span,
    Kind kind,
    List<Located<String>> key,
    Optional<Located<String>> at,
    List<Located<String>> id,
    Optional<Located<String>> changedAt,
    Deduplication dedupe,
    Origin from,
    ZoneId timezone,
    Map<String, ColumnDeclaration> columns,
    List<Requirement> require,
    RejectionLimit maxRejected,
    TypeChange onTypeChange)
    implements Definition {

  public SourceDefinition {
    key = List.copyOf(key);
    id = List.copyOf(id);
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    require = List.copyOf(require);
  }

  @Override
  public List<Check> checks() {
    return List.of();
  }

  /** The table of rows that were diverted. */
  public TableName rejected() {
    return name.withSuffix("_rejected");
  }

  /** What a row is. */
  public enum Kind {
    /** Immutable, with a time. */
    EVENTS,
    /** Has a key and changes; its history is kept. */
    ENTITY
  }

  /** How far back duplicates of an event are looked for. */
  public enum Deduplication {
    /** In the days that the new rows touch. */
    TOUCHED,
    /** In all history: the same id on another day is a duplicate too. */
    GLOBAL
  }

  /** What to do with a value that no longer fits its column's pinned type. */
  public enum TypeChange {
    /** Divert the row. */
    REJECT,
    /** Stop the run. */
    ERROR
  }

  /**
   * A column as declared.
   *
   * @param type inferred unless given
   * @param format of dates and times, as DuckDB's strptime reads it
   * @param renamedFrom the earlier name, whose values are kept
   */
  public record ColumnDeclaration(
      SourceSpan span,
      Optional<DataType> type,
      Optional<String> format,
      Optional<String> renamedFrom) {}

  /** Where rows come from. */
  public sealed interface Origin {

    /**
     * Files by path or glob, relative to the project folder.
     *
     * @param format by the names' endings unless given
     */
    record Files(
        List<Located<String>> paths,
        Optional<FileFormat> format,
        FileOptions options,
        RemovedFile onRemovedFile)
        implements Origin {
      public Files {
        paths = List.copyOf(paths);
      }
    }

    /**
     * A table or a query of a database.
     *
     * @param relation {@code schema.table}, or a query in the database's own dialect
     * @param cursor the column by which new and changed rows are found; whole snapshots without
     * @param lookback how much of the cursor's past is read again: a number, or a duration like
     *     {@code 2h} for times
     */
    record Database(
        Located<String> connection,
        Relation relation,
        Optional<Located<String>> cursor,
        Optional<Located<String>> lookback)
        implements Origin {}
  }

  /** What is read of a database. */
  public sealed interface Relation {
    record Table(Located<String> name) implements Relation {}

    record Query(Located<String> sql) implements Relation {}
  }

  public enum FileFormat {
    CSV,
    TSV,
    JSON,
    NDJSON,
    PARQUET
  }

  /** What becomes of the rows of a file that is gone. */
  public enum RemovedFile {
    IGNORE,
    DELETE
  }

  /**
   * How text files are read; what is empty is detected (delimiter, header) or has a default (quote
   * {@code "}, UTF-8, empty text is NULL).
   */
  public record FileOptions(
      Optional<String> delimiter,
      Optional<String> quote,
      Optional<Boolean> header,
      Optional<String> encoding,
      Optional<List<String>> nullStrings,
      Optional<String> dateFormat,
      Optional<String> timestampFormat) {
    public static final FileOptions DEFAULT =
        new FileOptions(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  /** What every row must satisfy; a row that does not is diverted with the reason. */
  public sealed interface Requirement {

    SourceSpan span();

    record NotNull(List<Located<String>> columns, SourceSpan span) implements Requirement {
      public NotNull {
        columns = List.copyOf(columns);
      }
    }

    /** NULL passes. */
    record AcceptedValues(Located<String> column, List<String> values, SourceSpan span)
        implements Requirement {
      public AcceptedValues {
        values = List.copyOf(values);
      }
    }

    /** Both bounds inclusive, as SQL literals of the column's type; NULL passes. */
    record Range(
        Located<String> column, Optional<String> min, Optional<String> max, SourceSpan span)
        implements Requirement {}

    /** The whole text matches the regular expression (RE2); NULL passes. */
    record Matches(Located<String> column, String pattern, SourceSpan span)
        implements Requirement {}
  }

  /** How many rows of a batch may be diverted before the run stops. */
  public sealed interface RejectionLimit {
    record Share(double fraction) implements RejectionLimit {}

    record Count(long rows) implements RejectionLimit {}

    record Unlimited() implements RejectionLimit {}
  }
}
