package dev.kith.lake;

import java.util.List;

/** The steps that bring a metadata database to the newest version. */
final class Migrations {

  /** The n-th brings a database of version n to n + 1; never changed once released. */
  static final List<List<String>> ALL =
      List.of(
          List.of(
              "CREATE TABLE kith_releases (id TEXT PRIMARY KEY, environment TEXT NOT NULL,"
                  + " sequence INTEGER NOT NULL, parent TEXT NOT NULL, created_at TEXT NOT NULL,"
                  + " run TEXT NOT NULL, manifest TEXT NOT NULL,"
                  + " UNIQUE (environment, parent), UNIQUE (environment, sequence))",
              "CREATE TABLE kith_runs (id TEXT PRIMARY KEY, started_at TEXT NOT NULL,"
                  + " finished_at TEXT, status TEXT NOT NULL, kith_version TEXT NOT NULL,"
                  + " engine_version TEXT NOT NULL)"),
          List.of(
              "CREATE TABLE kith_lease (id INTEGER PRIMARY KEY CHECK (id = 1),"
                  + " token INTEGER NOT NULL, holder TEXT, host TEXT, numbering TEXT, pid INTEGER,"
                  + " process_started_at TEXT, acquired_at TEXT, renewed_at TEXT, expires_at TEXT)",
              "INSERT INTO kith_lease (id, token) VALUES (1, 0)",
              "ALTER TABLE kith_releases ADD COLUMN mirrored_at TEXT",
              "CREATE TABLE kith_environments (name TEXT PRIMARY KEY, created_at TEXT NOT NULL,"
                  + " expires_at TEXT, paused_at TEXT, paused_by TEXT, paused_for TEXT)",
              "INSERT INTO kith_environments (name, created_at)"
                  + " SELECT environment, created_at FROM kith_releases r WHERE sequence ="
                  + " (SELECT min(sequence) FROM kith_releases WHERE environment = r.environment)",
              "ALTER TABLE kith_runs ADD COLUMN environment TEXT NOT NULL DEFAULT 'prod'",
              "ALTER TABLE kith_runs ADD COLUMN command TEXT NOT NULL DEFAULT 'run'",
              "ALTER TABLE kith_runs ADD COLUMN started_by TEXT NOT NULL DEFAULT ''",
              "ALTER TABLE kith_runs ADD COLUMN as_of TEXT",
              "ALTER TABLE kith_runs ADD COLUMN release TEXT",
              "ALTER TABLE kith_runs ADD COLUMN fault_code TEXT",
              "ALTER TABLE kith_runs ADD COLUMN fault TEXT",
              "CREATE TABLE kith_run_steps (run TEXT NOT NULL, table_name TEXT NOT NULL,"
                  + " action TEXT NOT NULL, reason TEXT NOT NULL, status TEXT NOT NULL,"
                  + " rows INTEGER NOT NULL, rows_added INTEGER NOT NULL,"
                  + " rows_deleted INTEGER NOT NULL, bytes_written INTEGER NOT NULL,"
                  + " milliseconds INTEGER NOT NULL)",
              "CREATE INDEX kith_run_steps_of_run ON kith_run_steps (run)",
              "CREATE INDEX kith_run_steps_of_table ON kith_run_steps (table_name)",
              "CREATE TABLE kith_heads (table_name TEXT PRIMARY KEY,"
                  + " metadata_location TEXT NOT NULL, head TEXT NOT NULL)"),
          List.of(
              "CREATE TABLE kith_definitions (fingerprint TEXT PRIMARY KEY, text TEXT NOT NULL)",
              "ALTER TABLE kith_run_steps ADD COLUMN rows_read INTEGER NOT NULL DEFAULT -1"));

  private Migrations() {}
}
