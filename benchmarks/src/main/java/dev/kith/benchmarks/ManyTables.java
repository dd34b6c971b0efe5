package dev.kith.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/**
 * A project of many small tables, the same at each call: sources of a few rows, chains of tables
 * that filter, rank and sum up what is below them, some with checks, and profiles over their ends.
 */
final class ManyTables {

  private static final int SOURCES = 20;
  private static final int LEVEL = 100;
  private static final int KINDS = 4;
  private static final int PROFILES = 4;
  private static final int ROWS = 20;

  private final Path folder;
  private final Random random = new Random(20260101);

  private ManyTables(Path folder) {
    this.folder = folder;
  }

  /** Makes the project in place of what was there. */
  static void make(Path folder, int tables) throws IOException {
    KithProject.delete(folder);
    new ManyTables(folder).write(tables);
  }

  private void write(int tables) throws IOException {
    for (String name : new String[] {"data", "sources", "tables", "profiles"}) {
      Files.createDirectories(folder.resolve(name));
    }
    Files.writeString(
        folder.resolve("kith.yaml"), "kith: 1\nname: many\ntimezone: UTC\nas_of: data\n");
    for (int source = 0; source < SOURCES; source++) {
      source("s" + source);
    }
    for (int table = 0; table < tables; table++) {
      Files.writeString(folder.resolve("tables/t" + table + ".sql"), table(table));
    }
    for (int profile = 0; profile < PROFILES; profile++) {
      profile("people" + profile, "t" + (tables - 1 - profile));
    }
  }

  private void source(String name) throws IOException {
    StringBuilder rows = new StringBuilder("id,customer_id,ts,amount\n");
    for (int id = 0; id < ROWS; id++) {
      rows.append(
          String.format(
              Locale.ROOT,
              "%d,%d,2026-01-%02d,%d.5%n",
              id,
              random.nextInt(5),
              1 + id,
              random.nextInt(100)));
    }
    Files.writeString(folder.resolve("data").resolve(name + ".csv"), rows);
    Files.writeString(
        folder.resolve("sources").resolve(name + ".yaml"),
        "source: %1$s\nkind: events\nat: ts\nid: id\nfrom: {files: data/%1$s.csv}\n"
            .formatted(name));
  }

  private String table(int number) {
    int level = number / LEVEL;
    String input = level == 0 ? "s" + number % SOURCES : "t" + (number - LEVEL);
    String other =
        level == 0
            ? "s" + random.nextInt(SOURCES)
            : "t" + ((level - 1) * LEVEL + random.nextInt(LEVEL));
    int kind = (number + level) % KINDS;
    String proof = kind == 0 ? "" : "at_safe: true\n";
    String checks =
        number % 3 == 0 ? "checks:\n  - unique: [id]\n  - not_null: [customer_id]\n" : "";
    return "/* kith:\ndescription: Table %d of a chain.\nkey: [id]\nat: ts\n%s%s*/\n"
            .formatted(number, proof, checks)
        + query(kind, input, other);
  }

  private static String query(int kind, String input, String other) {
    String text =
        switch (kind) {
          case 0 ->
              """
              SELECT id, customer_id, ts, amount * 2 AS amount
              FROM %1$s
              WHERE amount > 1
              """;
          case 1 ->
              """
              SELECT id, customer_id, ts, coalesce(amount, 0) AS amount
              FROM %1$s
              WHERE customer_id IN (SELECT customer_id FROM %2$s)
              """;
          case 2 ->
              """
              SELECT max(a.id) AS id, a.customer_id, max(a.ts) AS ts, avg(a.amount) AS amount
              FROM %1$s a
              JOIN %2$s b USING (customer_id)
              WHERE b.amount > 1
              GROUP BY a.customer_id
              """;
          default ->
              """
              WITH ranked AS (
                SELECT *, row_number() OVER (PARTITION BY customer_id ORDER BY ts, id) AS rank
                FROM %1$s
              )
              SELECT id, customer_id, ts, CASE WHEN rank > 1 THEN amount ELSE 0 END AS amount
              FROM ranked
              """;
        };
    return text.formatted(input, other);
  }

  private void profile(String name, String table) throws IOException {
    Files.writeString(
        folder.resolve("profiles").resolve(name + ".yaml"),
        """
        profile: %1$s
        key: customer_id
        from: {keys_of: [s0]}
        measures:
          - from: s1
            over: [7d, 30d, ever]
            define:
              spend: sum(amount)
              orders: count(*)
          - from: %2$s
            over: [ever]
            define:
              last_amount: max(amount)
        """
            .formatted(name, table));
  }
}
