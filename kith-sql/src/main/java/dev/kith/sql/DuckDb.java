package dev.kith.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.kith.model.KithException;
import dev.kith.model.type.TableSchema;
import dev.kith.sql.Description.Output;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An empty DuckDB in memory that sees no files, parses SQL and says what it would give. Opened by
 * its first use, since loading the library takes most of a second. For one thread.
 */
final class DuckDb implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String SERIALIZE =
      "SELECT json_serialize_sql(?::VARCHAR, skip_empty := true, skip_null := true)";

  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final ZoneId zone;
  private final Answers answers;

  /** The columns that each view is to have, by its name. */
  private final Map<String, String> wanted = new HashMap<>();

  /** The names of views by their last word in lower case. */
  private final Map<String, Set<String>> named = new HashMap<>();

  /** The columns that the engine's views have. */
  private final Map<String, String> views = new HashMap<>();

  private @Nullable Connection connection;
  private @Nullable PreparedStatement serializer;

  DuckDb(ZoneId zone, Answers answers) {
    this.zone = zone;
    this.answers = answers;
  }

  /** The syntax tree, or {@code {"error": true, ...}}. */
  JsonNode serialize(String sql) {
    String key = answers.key("tree", sql);
    return json(
        answers
            .find(key)
            .orElseGet(
                () -> {
                  String tree = ask(sql);
                  answers.put(key, tree);
                  return tree;
                }));
  }

  /** Has the syntax tree stay among the answers, though nobody wants it now. */
  void keepTree(String sql) {
    answers.keep(answers.key("tree", sql));
  }

  private String ask(String sql) {
    try {
      PreparedStatement statement = serializer;
      if (statement == null) {
        statement = connection().prepareStatement(SERIALIZE);
        serializer = statement;
      }
      statement.setString(1, sql);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    } catch (SQLException e) {
      throw failed("parse SQL", e);
    }
  }

  /**
   * Has an empty view of that name stand for a table. A table would have a column {@code rowid}
   * that the real ones lack.
   */
  void define(String name, TableSchema schema) {
    String columns =
        schema.columns().stream()
            .map(column -> "CAST(NULL AS " + column.type().sql() + ") AS " + column.quotedName())
            .collect(Collectors.joining(", "));
    wanted.put(name, columns.isEmpty() ? "NULL AS kith_no_column" : columns);
    named.computeIfAbsent(lastWord(name), word -> new TreeSet<>()).add(name);
  }

  private static String lastWord(String name) {
    String last = "";
    Matcher words = WORD.matcher(name);
    while (words.find()) {
      last = words.group();
    }
    return last.toLowerCase(Locale.ROOT);
  }

  /** What the statement {@code DESCRIBE <query>} gives; places count from its start. */
  Description describe(String statementText) {
    Map<String, String> relations = relations(statementText);
    String key = answers.key("describe", zone.getId(), statementText, relations.toString());
    Optional<String> answer = answers.find(key);
    if (answer.isPresent()) {
      return columns(json(answer.get()));
    }
    relations.forEach(this::make);
    Description description = askDescription(statementText);
    if (description instanceof Description.Columns columns) {
      answers.put(key, text(columns));
    }
    return description;
  }

  /** The views that a statement may read: those whose name is among its words. */
  private Map<String, String> relations(String statementText) {
    Map<String, String> relations = new TreeMap<>();
    Matcher words = WORD.matcher(statementText);
    while (words.find()) {
      for (String name : named.getOrDefault(words.group().toLowerCase(Locale.ROOT), Set.of())) {
        relations.put(name, Objects.requireNonNull(wanted.get(name)));
      }
    }
    return relations;
  }

  private void make(String name, String columns) {
    if (!columns.equals(views.get(name))) {
      int dot = name.indexOf("\".\"");
      if (dot > 0) {
        run("CREATE SCHEMA IF NOT EXISTS " + name.substring(0, dot + 1));
      }
      run("CREATE OR REPLACE VIEW " + name + " AS SELECT " + columns);
      views.put(name, columns);
    }
  }

  private Description askDescription(String statementText) {
    try (Statement statement = connection().createStatement();
        ResultSet rows = statement.executeQuery(statementText)) {
      List<Output> outputs = new ArrayList<>();
      while (rows.next()) {
        outputs.add(new Output(rows.getString(1), rows.getString(2)));
      }
      return new Description.Columns(outputs);
    } catch (SQLException e) {
      return new Description.Refused(EngineFault.of(json(e)));
    }
  }

  private static Description columns(JsonNode answer) {
    List<Output> outputs = new ArrayList<>();
    for (JsonNode output : answer) {
      outputs.add(new Output(output.path(0).asText(), output.path(1).asText()));
    }
    return new Description.Columns(outputs);
  }

  private static String text(Description.Columns columns) {
    ArrayNode outputs = JSON.createArrayNode();
    columns.outputs().forEach(output -> outputs.addArray().add(output.name()).add(output.type()));
    return outputs.toString();
  }

  /** All rows of a query over the engine's own catalog, as text; NULL as an empty one. */
  List<List<String>> rows(String query) {
    String key = answers.key("rows", query);
    Optional<String> answer = answers.find(key);
    if (answer.isPresent()) {
      return rows(json(answer.get()));
    }
    List<List<String>> rows = askRows(query);
    ArrayNode array = JSON.createArrayNode();
    rows.forEach(row -> row.forEach(array.addArray()::add));
    answers.put(key, array.toString());
    return rows;
  }

  private static List<List<String>> rows(JsonNode answer) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode row : answer) {
      List<String> values = new ArrayList<>();
      row.forEach(value -> values.add(value.asText()));
      rows.add(values);
    }
    return rows;
  }

  private List<List<String>> askRows(String query) {
    try (Statement statement = connection().createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      int width = rows.getMetaData().getColumnCount();
      List<List<String>> result = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= width; column++) {
          String value = rows.getString(column);
          row.add(value == null ? "" : value);
        }
        result.add(row);
      }
      return result;
    } catch (SQLException e) {
      throw failed("read the engine's catalog", e);
    }
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw failed("read what the engine answered", e);
    }
  }

  @Override
  public void close() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        throw failed("close the engine", e);
      }
      connection = null;
      serializer = null; // closed with the connection
      views.clear();
    }
  }

  private Connection connection() throws SQLException {
    if (connection == null) {
      connection = DriverManager.getConnection("jdbc:duckdb:");
      run("SET errors_as_json = true");
      run("SET autoload_known_extensions = false");
      run("SET autoinstall_known_extensions = false");
      run("SET enable_external_access = false");
      run("SET memory_limit = '256MB'");
      run("SET threads = 1");
      run("SET TimeZone = '" + zoneName() + "'");
      run("SET lock_configuration = true");
    }
    return connection;
  }

  /** Whole hours from UTC have names with the sign turned round; other offsets have none. */
  private String zoneName() {
    if (zone.normalized() instanceof ZoneOffset offset) {
      int hours = offset.getTotalSeconds() / 3600;
      return hours == 0 ? "UTC" : "Etc/GMT" + (hours > 0 ? "-" : "+") + Math.abs(hours);
    }
    return zone.getId();
  }

  private void run(String sql) {
    try (Statement statement = connection().createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failed("run " + sql, e);
    }
  }

  private static JsonNode json(SQLException e) {
    String message = String.valueOf(e.getMessage());
    int brace = message.indexOf('{');
    try {
      if (brace >= 0) {
        return JSON.readTree(message.substring(brace));
      }
    } catch (JsonProcessingException notJson) {
      e.addSuppressed(notJson);
    }
    throw failed("analyse SQL", e);
  }

  private static KithException failed(String what, Exception cause) {
    return KithException.bug(
        SqlCode.ENGINE_FAILED, "sql", "Cannot " + what + ": " + cause.getMessage(), cause);
  }
}
