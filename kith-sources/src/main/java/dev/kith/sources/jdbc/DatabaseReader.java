package dev.kith.sources.jdbc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.kith.model.KithException;
import dev.kith.model.definition.ProjectSettings.Connection;
import dev.kith.model.definition.SourceDefinition.Origin;
import dev.kith.model.definition.SourceDefinition.Relation;
import dev.kith.model.type.DataType;
import dev.kith.sources.fault.SourceCode;
import dev.kith.sources.file.RecordReader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a database's table or query, as a stream: at most a few thousand are in memory. All
 * are read in one read-only transaction.
 */
public final class DatabaseReader implements RecordReader {

  private static final int ROWS_AT_ONCE = 5_000;

  private final JdbcFaults faults;
  private final java.sql.Connection connection;
  private final PreparedStatement statement;
  private final ResultSet rows;
  private final List<JdbcColumn> columns = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final @Nullable Object[] cells;
  private final int cursor;
  private @Nullable Position greatest;
  private long number;
  private @Nullable String fault;

  private DatabaseReader(
      String source,
      Path project,
      Connection settings,
      Origin.Database origin,
      Optional<String> after) {
    faults = new JdbcFaults(settings);
    connection = Drivers.connect(settings, project);
    try {
      greatest = after.map(Position::parse).orElse(null);
      statement = prepare(source, origin);
      statement.setFetchSize(ROWS_AT_ONCE);
      rows = statement.executeQuery();
      ResultSetMetaData data = rows.getMetaData();
      for (int i = 1; i <= data.getColumnCount(); i++) {
        JdbcColumn column = JdbcColumn.of(data, i);
        columns.add(column);
        names.add(column.name());
      }
      cells = new @Nullable Object[columns.size()];
      cursor = origin.cursor().map(name -> cursorColumn(source, name.value())).orElse(-1);
    } catch (SQLException e) {
      closeQuietly();
      throw faults.reading(e);
    } catch (RuntimeException e) {
      closeQuietly();
      throw e;
    }
  }

  /**
   * Connects and begins to read.
   *
   * @param source the source's name, for messages
   * @param project the folder that paths of driver jars are relative to
   * @param after the greatest position so far, of {@link #position()}: rows from there on, or from
   *     the lookback before it, are read, and those without a position
   */
  public static DatabaseReader open(
      String source,
      Path project,
      Connection settings,
      Origin.Database origin,
      Optional<String> after) {
    return new DatabaseReader(source, project, settings, origin, after);
  }

  private PreparedStatement prepare(String source, Origin.Database origin) throws SQLException {
    String quote = connection.getMetaData().getIdentifierQuoteString();
    String from = from(origin.relation(), quote);
    Position start = greatest;
    if (origin.cursor().isEmpty() || start == null) {
      return connection.prepareStatement("SELECT * FROM " + from);
    }
    String column = quoted(origin.cursor().get().value(), quote);
    PreparedStatement prepared =
        connection.prepareStatement(
            "SELECT * FROM %s WHERE %s >= ? OR %s IS NULL".formatted(from, column, column));
    Position first = origin.lookback().map(back -> start.back(back.value(), source)).orElse(start);
    first.bind(prepared, 1, prepared.getClass().getName().startsWith("org.mariadb."));
    return prepared;
  }

  private static String from(Relation relation, String quote) {
    if (relation instanceof Relation.Query query) {
      String sql = query.sql().value().strip().replaceAll(";$", "");
      return "(" + sql + "\n) kith_source";
    }
    String name = ((Relation.Table) relation).name().value();
    List<String> parts = new ArrayList<>();
    for (String part : name.split("\\.")) {
      parts.add(quoted(part, quote));
    }
    return String.join(".", parts);
  }

  private static String quoted(String name, String quote) {
    String mark = quote.strip();
    return mark + (mark.isEmpty() ? name : name.replace(mark, mark + mark)) + mark;
  }

  private int cursorColumn(String source, String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equalsIgnoreCase(name)) {
        if (columns.get(i).canBeCursor()) {
          return i;
        }
        throw KithException.project(
                SourceCode.BAD_OPTION,
                source,
                "Cannot follow the column '%s' of '%s': it is no number and no time"
                    .formatted(name, source))
            .withHelp("Choose a number or a time that only grows, or read without 'cursor:'");
      }
    }
    throw KithException.project(
            SourceCode.COLUMN_MISSING,
            source,
            "Cannot find the cursor column '%s' in the rows of '%s'".formatted(name, source))
        .withHelp("They have " + String.join(", ", names));
  }

  @Override
  public boolean next() {
    try {
      if (!rows.next()) {
        return false;
      }
      number++;
      fault = null;
      for (int i = 0; i < cells.length; i++) {
        cells[i] = read(i);
      }
      Object at = cursor < 0 ? null : cells[cursor];
      if (at != null && !(at instanceof String)) {
        Position position = Position.of(at);
        greatest = greatest == null || position.compareTo(greatest) > 0 ? position : greatest;
      }
      return true;
    } catch (SQLException e) {
      throw faults.reading(e);
    }
  }

  /** A value, or its text where it has none in its type (infinity, 838 hours). */
  private @Nullable Object read(int column) throws SQLException {
    try {
      return columns.get(column).reading().read(rows, column + 1);
    } catch (SQLException e) {
      if (connection.isClosed() || (e.getSQLState() != null && e.getSQLState().startsWith("08"))) {
        throw e;
      }
      return rows.getString(column + 1);
    }
  }

  /** The greatest position so far. */
  public Optional<String> position() {
    return Optional.ofNullable(greatest).map(Position::text);
  }

  @Override
  public Optional<DataType> type(int column) {
    return columns.get(column).type();
  }

  @Override
  public @Nullable String fault() {
    return fault;
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public @Nullable Object[] cells() {
    return cells;
  }

  @Override
  public long line() {
    return number;
  }

  /** The row as a JSON object of texts. */
  @Override
  public String raw() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      for (int i = 0; i < cells.length; i++) {
        Object cell = cells[i];
        if (cell == null) {
          json.writeNullField(names.get(i));
        } else {
          json.writeStringField(
              names.get(i),
              cell instanceof byte[] bytes ? bytes.length + " bytes" : cell.toString());
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("Writing to memory does not fail", e);
    }
    return text.toString();
  }

  @Override
  public boolean untyped() {
    return false;
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public void close() {
    closeQuietly();
  }

  /** Nothing was written, so nothing is lost if the end of the reading fails. */
  private void closeQuietly() {
    try {
      connection.rollback();
      connection.close();
    } catch (SQLException e) {
      return;
    }
  }
}
