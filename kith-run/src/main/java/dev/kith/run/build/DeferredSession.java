package dev.kith.run.build;

import dev.kith.engine.ExportFormat;
import dev.kith.engine.Input;
import dev.kith.engine.RowSink;
import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.engine.WriteOutcome;
import dev.kith.engine.WriteRequest;
import dev.kith.lake.PhysicalTable;
import dev.kith.model.TableName;
import dev.kith.model.type.TableSchema;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A session that is opened by its first use: where nothing is to be done, no engine is started. */
final class DeferredSession implements Session {

  private final Supplier<Session> opening;
  private volatile @Nullable Session opened;

  DeferredSession(Supplier<Session> opening) {
    this.opening = opening;
  }

  private Session session() {
    Session session = opened;
    if (session == null) {
      session = opening.get();
      opened = session;
    }
    return session;
  }

  @Override
  public void bind(TableName name, Input input, Set<String> exposed) {
    session().bind(name, input, exposed);
  }

  @Override
  public void bindView(TableName name, String sql) {
    session().bindView(name, sql);
  }

  @Override
  public TableSchema describe(String sql) {
    return session().describe(sql);
  }

  @Override
  public void materialise(String temporaryName, String sql) {
    session().materialise(temporaryName, sql);
  }

  @Override
  public RowSink stage(String temporaryName, TableSchema schema) {
    return session().stage(temporaryName, schema);
  }

  @Override
  public void bindFiles(String temporaryName, List<Path> parquetFiles) {
    session().bindFiles(temporaryName, parquetFiles);
  }

  @Override
  public void drop(String temporaryName) {
    session().drop(temporaryName);
  }

  @Override
  public Rows query(String sql) {
    return session().query(sql);
  }

  @Override
  public WriteOutcome write(WriteRequest request) {
    return session().write(request);
  }

  @Override
  public OptionalLong compact(PhysicalTable table) {
    return session().compact(table);
  }

  @Override
  public long export(String sql, Path file, ExportFormat format) {
    return session().export(sql, file, format);
  }

  @Override
  public long exportUnordered(String sql, Path file, ExportFormat format) {
    return session().exportUnordered(sql, file, format);
  }

  @Override
  public void watch() {
    session().watch();
  }

  @Override
  public double progress() {
    Session session = opened;
    return session == null ? -1 : session.progress();
  }

  @Override
  public void cancel() {
    Session session = opened;
    if (session != null) {
      session.cancel();
    }
  }

  @Override
  public void close() {
    Session session = opened;
    if (session != null) {
      session.close();
    }
  }
}
