package dev.kith.sql;

import dev.kith.model.DiagnosticCode;

/** Faults of the SQL in a project, and of statements that people type. */
public enum SqlCode implements DiagnosticCode {
  SYNTAX(
      "S001",
      "the SQL cannot be read",
      "The text is not SQL as DuckDB reads it. The place is where reading stopped; the fault is"
          + " there or just before."),
  NOT_A_QUERY(
      "S002",
      "a statement that is not a query",
      "Kith writes the tables; a definition only says what is in them. So each is one `SELECT`"
          + " (or `FROM ...`, `WITH ... SELECT`, `VALUES`), never INSERT, CREATE, SET, PRAGMA,"
          + " DESCRIBE and the like."),
  SEVERAL_STATEMENTS(
      "S003",
      "more than one statement",
      "One file, or one `kith query`, is one query. Make a table of its own from each."),
  CLOCK(
      "S004",
      "a definition reads the clock",
      "What `now()` or `current_date` gives depends on when a run happened, so the same data would"
          + " give other results tomorrow, and no result could be rebuilt. Use `:as_of`, the"
          + " instant that the run computes for."),
  NOT_REPEATABLE(
      "S005",
      "a definition gives another result each time",
      "`random()`, `uuid()`, samples and what reads the session's settings give other rows each"
          + " time, so a table could not be rebuilt or compared. Compute from the data, for example"
          + " `md5(id)` instead of `uuid()`."),
  TABLE_FUNCTION(
      "S006",
      "a table function that is not allowed",
      "SQL sees the project's tables, not files, settings or other databases. Define a source for"
          + " what is outside. Allowed are unnest, generate_series, range, repeat, json_each and"
          + " json_tree."),
  FILE_AS_TABLE(
      "S007",
      "a file used as a table",
      "Files are read by sources, which pin types, remember what was read and keep rejected rows."
          + " Define a source with `from: {files: ...}` and use its name."),
  SYSTEM_TABLE(
      "S008",
      "a table of the engine's own, or of another database",
      "A definition refers to the project's sources, tables and profiles only, by `name` or"
          + " `folder.name`."),
  PARAMETER(
      "S009",
      "an unknown parameter",
      "There is one parameter, `:as_of`: the instant that the run computes for, as a TIMESTAMP WITH"
          + " TIME ZONE."),
  UNSUPPORTED(
      "S010",
      "SQL that Kith does not know",
      "What Kith does not understand it cannot follow to the tables it reads, so it refuses it."),
  UNKNOWN_TABLE(
      "S011",
      "an unknown table",
      "No source, table or profile of that name exists, nor a WITH or an alias in scope."),
  UNKNOWN_COLUMN(
      "S012",
      "an unknown column",
      "The tables in FROM have no column of that name. Hidden columns begin with an underscore and"
          + " are seen only when named."),
  UNKNOWN_FUNCTION(
      "S013",
      "an unknown function",
      "DuckDB has no function of that name, and Kith none in this place."),
  UNKNOWN_TYPE("S014", "an unknown type", "See the table of types in the reference."),
  WRONG_TYPES(
      "S015",
      "values of the wrong type",
      "No form of the function or operator takes values of these types. Cast them, as in"
          + " `CAST(x AS DOUBLE)` or `x::DATE`."),
  AMBIGUOUS(
      "S016",
      "a name that could mean several columns",
      "Several tables in FROM have a column of that name. Write `table.column`."),
  NOT_GROUPED(
      "S017",
      "a column that is neither grouped nor aggregated",
      "Within a group the column has many values. Add it to GROUP BY (or use GROUP BY ALL), or say"
          + " which value you mean, as in `max(x)`."),
  INVALID("S018", "a query that cannot work", "DuckDB refused the query; the message is its own."),
  DUPLICATE_COLUMN(
      "S019",
      "two columns of one name",
      "A table's columns have different names, without regard to case. Use `AS`, or leave one out"
          + " with `* EXCLUDE (x)`."),
  UNNAMED_COLUMN(
      "S020",
      "a column without a name",
      "The engine would invent a name such as `count_star()`, which may change and which nobody can"
          + " type. Give the column a name with `AS`."),
  TYPE_NOT_STORED(
      "S021",
      "a column whose type cannot be stored",
      "Tables hold the types in the reference's table of types. Store an INTERVAL as a number of"
          + " seconds (`epoch(x)`), and give a bare NULL a type (`NULL::VARCHAR`)."),
  CYCLE(
      "S022",
      "tables that depend on each other in a circle",
      "To build one, the other would have to be there first. Take the part that both need into a"
          + " table of its own."),
  NOT_AN_EXPRESSION(
      "S023",
      "not one expression",
      "In this place stands one expression over columns, such as `a + b` or `sum(a)`: no SELECT"
          + " list, FROM, WHERE or alias around it."),
  ENGINE_FAILED(
      "S099",
      "the analysing engine failed",
      "DuckDB failed while it analysed SQL, for another reason than the SQL. This is a bug in"
          + " Kith.");

  private final String id;
  private final String summary;
  private final String explanation;

  SqlCode(String id, String summary, String explanation) {
    this.id = id;
    this.summary = summary;
    this.explanation = explanation;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String summary() {
    return summary;
  }

  @Override
  public String explanation() {
    return explanation;
  }
}
