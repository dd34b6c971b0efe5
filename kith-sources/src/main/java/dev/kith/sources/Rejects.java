package dev.kith.sources;

import dev.kith.engine.RowSink;
import dev.kith.engine.Session;
import dev.kith.model.KithException;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.SourceDefinition.RejectionLimit;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import dev.kith.sources.fault.SourceCode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Rows of a batch that are diverted, with the reason; kept in a temporary table. */
final class Rejects implements AutoCloseable {

  static final String TABLE = "kith_in_rejects";

  /** The columns that the source's table of rejected rows shows, and the hidden ones. */
  static final TableSchema SCHEMA =
      TableSchema.of(
          new Column("rejected_at", Primitive.INSTANT),
          new Column("reason", Primitive.TEXT),
          new Column("column_name", Primitive.TEXT),
          new Column("raw", Primitive.TEXT),
          new Column("_batch", Primitive.TEXT),
          new Column("_origin", Primitive.TEXT));

  private static final TableSchema STAGED =
      TableSchema.of(
          new Column("reason", Primitive.TEXT),
          new Column("column_name", Primitive.TEXT),
          new Column("raw", Primitive.TEXT),
          new Column("_origin", Primitive.TEXT));

  private static final int SHOWN = 3;

  private final SourceDefinition source;
  private final RowSink sink;
  private final List<String> first = new ArrayList<>();
  private long count;

  Rejects(Session session, SourceDefinition source) {
    this.source = source;
    this.sink = session.stage(TABLE, STAGED);
  }

  void add(String origin, String reason, @Nullable String column, @Nullable String raw) {
    sink.add(reason, column, raw, origin);
    count++;
    if (first.size() < SHOWN) {
      first.add(origin + ": " + reason);
    }
    if (source.maxRejected() instanceof RejectionLimit.Count limit && count > limit.rows()) {
      throw tooMany(
          "more rows were rejected than 'max_rejected: %d' allows".formatted(limit.rows()));
    }
  }

  long count() {
    return count;
  }

  /** Stops the run if more rows were rejected than the source allows. */
  void checkLimit(long read) {
    if (source.maxRejected() instanceof RejectionLimit.Share share
        && count > share.fraction() * read) {
      throw tooMany(
          "%d of %d rows were rejected, more than 'max_rejected: %s%%' allows"
              .formatted(count, read, percent(share)));
    }
  }

  private static String percent(RejectionLimit.Share share) {
    return new DecimalFormat("0.####", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(100 * share.fraction());
  }

  private KithException tooMany(String what) {
    return KithException.project(
            SourceCode.TOO_MANY_REJECTED,
            source.name().toString(),
            "Cannot take rows of '%s': %s; nothing was taken%s"
                .formatted(source.name(), what, examples()))
        .withHelp("Mend the rows, declare types that fit, or raise 'max_rejected'");
  }

  private String examples() {
    return "\n  " + String.join("\n  ", first) + (count > first.size() ? "\n  ..." : "");
  }

  @Override
  public void close() {
    sink.close();
  }
}
