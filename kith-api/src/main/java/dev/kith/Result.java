package dev.kith;

import dev.kith.engine.ExportFormat;
import dev.kith.engine.Rows;
import dev.kith.model.type.Column;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Rows, to be read once and in order, or to be written to a file. They are never all held in
 * memory, and have to be closed.
 */
public sealed class Result implements AutoCloseable permits AsOfResult {

  private final Source source;
  private final Runnable onClose;
  private @Nullable Rows opened;
  private boolean taken;
  private boolean closed;

  /** Where rows come from, each time anew. */
  interface Source {
    Rows rows();

    long export(Path file, ExportFormat format);
  }

  Result(Source source) {
    this(source, () -> {});
  }

  Result(Source source, Runnable onClose) {
    this.source = source;
    this.onClose = onClose;
  }

  /** The same, which closes also what it comes from. */
  Result closing(Published published) {
    return new Result(source, published::close);
  }

  /** In order. */
  public List<Column> columns() {
    return rows().schema().columns();
  }

  /**
   * The rows in their order, to be read by one thread; closing the stream closes the result.
   *
   * @throws IllegalStateException if they have been read already
   */
  public Stream<Row> stream() {
    if (taken) {
      throw new IllegalStateException("Cannot read the rows of a result twice");
    }
    taken = true;
    Spliterator<Row> rows =
        Spliterators.spliteratorUnknownSize(
            new Reading(rows()), Spliterator.ORDERED | Spliterator.NONNULL);
    return StreamSupport.stream(rows, false).onClose(this::close);
  }

  /**
   * As {@link #stream()}, each row as a record: see {@link Row#as}.
   *
   * @throws IllegalArgumentException if the record has a component that no column fits
   */
  public <T extends Record> Stream<T> as(Class<T> type) {
    RecordMapping<T> mapping = RecordMapping.of(type, rows().schema().names());
    return stream().map(mapping::record);
  }

  /** Writes all rows to a file, instead of what it held before; returns their number. */
  public long export(Path file, ExportFormat format) {
    return source.export(file, format);
  }

  private Rows rows() {
    Rows rows = opened;
    if (rows == null) {
      rows = source.rows();
      opened = rows;
    }
    return rows;
  }

  /** Does nothing if it was closed before, as its stream may have done. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (opened != null) {
      opened.close();
    }
    onClose.run();
  }

  /** Steps through rows as iterators do. */
  private static final class Reading implements Iterator<Row> {

    private final Rows rows;
    private final Row.Header header;
    private @Nullable Row ahead;

    private Reading(Rows rows) {
      this.rows = rows;
      this.header = new Row.Header(rows.schema().names());
    }

    @Override
    public boolean hasNext() {
      if (ahead == null && rows.next()) {
        ahead = Row.of(header, rows);
      }
      return ahead != null;
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException("There is no row after the last");
      }
      Row row = Objects.requireNonNull(ahead);
      ahead = null;
      return row;
    }
  }
}
