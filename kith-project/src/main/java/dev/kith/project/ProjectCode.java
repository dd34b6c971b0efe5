package dev.kith.project;

import dev.kith.model.DiagnosticCode;

/** Faults in the files of a project. */
public enum ProjectCode implements DiagnosticCode {
  INVALID_YAML(
      "P001",
      "a file is not YAML",
      "The text breaks YAML's rules. Most often a value holds `: ` or ` #` and needs quotes, or"
          + " lines are indented unequally or with tabs."),
  UNKNOWN_KEY(
      "P002",
      "a key is not known",
      "A misspelt setting would silently do nothing, so keys that Kith does not know are errors."
          + " [The reference of settings](settings.md) lists them all."),
  DUPLICATE_KEY(
      "P003",
      "a key is written twice",
      "Two values under one key cannot both hold. Remove one, or merge them."),
  WRONG_KIND(
      "P004",
      "a value is of the wrong kind",
      "A list stands where text is expected, or text where keys and values are, and so on. A key"
          + " with nothing behind it is a fault too: its value is often indented wrongly."),
  MISSING_KEY("P005", "a key is missing", "The definition makes no sense without it."),
  NOT_ACCEPTED(
      "P006",
      "a value is not accepted",
      "The setting takes certain words or a certain form only; the message says which."),
  NO_PROJECT(
      "P007",
      "the folder is not a project",
      "A project is a folder with a file `kith.yaml`. Call `kith` in it or name it with"
          + " `--project`; `kith init` makes a new one."),
  UNSUPPORTED_VERSION(
      "P008",
      "the project is of another version of the format",
      "`kith:` in kith.yaml names the version of the format. This version of Kith reads format 1."),
  WRONG_NAME(
      "P009",
      "a name differs from its file's",
      "A definition is found by its file name, so the two must be equal."),
  INVALID_NAME(
      "P010",
      "a name has a form that SQL would need quotes for",
      "Names of files, folders and columns that a project defines begin with a letter and hold"
          + " ASCII letters, digits and underscores only."),
  RESERVED_NAME(
      "P011",
      "a name is reserved",
      "`NAME_rejected` holds the rows that a source diverted, `NAME_history` the history of an"
          + " entity, `NAME_changes` and names that begin with `kith_` are Kith's. So are some"
          + " schemas, and the columns `valid_from` and `valid_to` of an entity."),
  DUPLICATE_DEFINITION(
      "P012",
      "two files define the same name",
      "Sources, tables and profiles share one namespace, without regard to case."),
  MISSING_VARIABLE(
      "P013",
      "an environment variable is not set",
      "`${NAME}` in kith.yaml stands for the value of an environment variable. It must be set, and"
          + " may be empty."),
  UNKNOWN_CONNECTION(
      "P014", "a connection does not exist", "Connections are defined in kith.yaml."),
  UNKNOWN_TABLE(
      "P015",
      "a table does not exist",
      "`from:` names a source, a table, or `NAME_history` of an entity. A definition in a folder"
          + " is called `folder.name`."),
  INCOMPLETE(
      "P016",
      "settings do not make a whole",
      "Some settings need others: events need `at`, an entity needs `key`, `mode: by_key` needs"
          + " `key`, a database needs a table or a query, `lookback` needs a `cursor` and a `key`"
          + " or `id` (or rows that are read again would be there twice)."),
  CONFLICTING_KEYS(
      "P017",
      "settings contradict each other",
      "A setting belongs to another kind of definition, or excludes one that stands beside it. It"
          + " would do nothing, or not what it says."),
  CONFLICTING_RENAME(
      "P018",
      "a renaming is ambiguous",
      "`renamed_from:` names a column that is still declared, that two columns claim, or the column"
          + " itself."),
  COLUMN_CLASH(
      "P019",
      "two columns of a profile have one name",
      "Key, attributes, measures (a name and a window give `spend_30d`), derived columns and"
          + " metrics share one namespace with `as_of`, `transactions` and `recommendations`."
          + " Rename one with `as:`."),
  FORWARD_WINDOW(
      "P020",
      "a profile looks forward",
      "A profile says what is known at an instant, so its windows end there. A look ahead would"
          + " leak the future into it; labels of datasets and outcomes of experiments may."),
  NO_HISTORY(
      "P021",
      "who exists cannot be told",
      "`from:` of a profile needs to know from when to when a person existed: an entity, a table"
          + " with `valid_from` and `valid_to`, or `{keys_of: [...]}`. Attributes are columns of a"
          + " history, so they need one."),
  NOT_YET(
      "P022",
      "something is for a later version",
      "This version of Kith knows the setting or folder, and does nothing with it yet. A warning."),
  UNREADABLE_FILE(
      "P023",
      "a file cannot be read",
      "Files of a project are UTF-8 text that the user who runs Kith may read."),
  MISPLACED_FILE(
      "P024",
      "a file is where Kith does not look",
      "Sources and profiles are `.yaml` files, tables are `.sql` files, in their folder or one"
          + " folder below (which is a schema). Anything else that looks like a definition would"
          + " silently be ignored."),
  NO_QUERY(
      "P025",
      "a table has no query",
      "A file in `tables/` holds one query; its settings stand in a comment before it, which begins"
          + " with `/* kith:` and ends with `*/`."),
  UNKNOWN_COLUMN(
      "P026",
      "a column is described or named that does not exist",
      "`columns:` of a profile describes columns by the names that they have in the profile, and"
          + " `features:` and `except:` of a dataset name them so."),
  BACKWARD_LABEL(
      "P027",
      "a label looks back",
      "A label says what came after a row's instant, so its windows begin there: `next: 60d`. What"
          + " looks back was known then: it is a feature, and belongs into the profile.");

  private final String id;
  private final String summary;
  private final String explanation;

  ProjectCode(String id, String summary, String explanation) {
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
