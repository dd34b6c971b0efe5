package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.engine.Rows;
import dev.kith.engine.duckdb.DuckDbEngine;
import dev.kith.engine.duckdb.DuckDbLimits;
import dev.kith.run.ReleaseReader;
import dev.kith.run.RunOptions;
import dev.kith.run.Workspace;
import dev.kith.run.event.RunEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random changes of the input, run after run: each table equals its query over the whole input,
 * whatever its mode. Local time skips and repeats hours in the days that the rows are of.
 */
final class PartsTest {

  /** Settings and query of each table. */
  private static final Map<String, List<String>> TABLES = new LinkedHashMap<>();

  static {
    table(
        "big",
        "at: ordered_at\nmode: append",
        "SELECT id, customer, ordered_at, amount FROM orders WHERE amount > 20");
    table(
        "spending",
        "key: [customer]\nmode: by_key",
        "SELECT customer, count(*) AS n, sum(amount) AS amount FROM orders GROUP BY customer");
    table(
        "ranks",
        "key: [customer, place]\nmode: by_key",
        """
        SELECT customer, row_number() OVER (PARTITION BY customer ORDER BY amount DESC, id) AS place, id
        FROM orders QUALIFY place <= 2""");
    table(
        "customer_days",
        "key: [customer, day]\nmode: by_key",
        """
        SELECT o.customer, CAST(ordered_at AS DATE) AS day, max(r.name) AS region, max(amount) AS top
        FROM orders AS o LEFT JOIN regions AS r ON r.region = o.region GROUP BY ALL""");
    table(
        "days",
        "mode: {by_time: {column: day, grain: day}}",
        "SELECT date_trunc('day', ordered_at) AS day, count(*) AS n, sum(amount) AS amount FROM orders GROUP BY 1");
    table(
        "hours",
        "mode: {by_time: {column: hour, grain: hour, lookback: 1}}",
        "SELECT date_trunc('hour', ordered_at) AS hour, count(*) AS n FROM orders GROUP BY 1");
    table(
        "deliveries",
        "mode: {by_time: {column: day, grain: month}}",
        """
        WITH daily AS (SELECT CAST(delivered_at AS DATE) AS day, count(*) AS n FROM orders GROUP BY 1)
        SELECT day, sum(n) OVER (PARTITION BY date_trunc('month', day) ORDER BY day) AS so_far FROM daily""");
    table(
        "versions",
        "key: [customer]\nmode: by_key",
        "SELECT customer, count(*) AS n, max(name) AS name FROM customers_history GROUP BY customer");
    table(
        "regional",
        "key: [region]\nmode: full",
        "SELECT region, count(*) AS n FROM orders GROUP BY region");
  }

  private static void table(String name, String settings, String sql) {
    TABLES.put(name, List.of(settings, sql));
  }

  private static final int ROUNDS = 5;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private int orders;

  @Test
  void tablesEqualTheirQueriesAfterEachRun(@TempDir Path path) throws IOException {
    System.out.println("seed " + seed + "L");
    ProjectFolder project = project(path);
    List<String> activities = new ArrayList<>();
    List<String> files = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      change(project, round, files);
      try (Workspace workspace = workspace(path)) {
        workspace.run(RunOptions.DEFAULT, event -> note(event, activities));
        compare(workspace, "round " + round + " of seed " + seed + "L");
      }
    }
    for (String name : TABLES.keySet()) {
      boolean follows = !name.equals("regional");
      assertThat(activities.contains(name + ": adding what is new"))
          .as("%s follows its input, seed %dL", name, seed)
          .isEqualTo(follows);
    }
  }

  private static void note(RunEvent event, List<String> activities) {
    if (event instanceof RunEvent.Started started) {
      activities.add(started.table() + ": " + started.activity());
    }
  }

  private static void compare(Workspace workspace, String round) {
    try (ReleaseReader reader = workspace.reader()) {
      TABLES.forEach(
          (name, table) ->
              assertThat(rows(reader, "SELECT * FROM " + name))
                  .as("%s in %s", name, round)
                  .isEqualTo(rows(reader, table.get(1))));
    }
  }

  private static List<String> rows(ReleaseReader reader, String sql) {
    List<String> all = new ArrayList<>();
    try (Rows rows = reader.query(sql)) {
      int columns = rows.schema().columns().size();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
          row.add(String.valueOf(rows.value(column)));
        }
        all.add(row.toString());
      }
    }
    Collections.sort(all);
    return all;
  }

  private static ProjectFolder project(Path path) throws IOException {
    ProjectFolder project =
        ProjectFolder.at(path)
            .file("kith.yaml", "kith: 1\nname: parts\ntimezone: Pacific/Chatham\nthreads: 1\n")
            .file(
                "sources/orders.yaml",
                """
                source: orders
                kind: events
                at: ordered_at
                id: id
                from: {files: data/orders*.csv, on_removed_file: delete}
                columns:
                  id: bigint
                  customer: bigint
                  region: text
                  ordered_at: timestamptz
                  delivered_at: timestamp
                  amount: bigint
                """)
            .file(
                "sources/regions.yaml",
                """
                source: regions
                kind: entity
                key: region
                from: {files: data/regions*.csv}
                """)
            .file(
                "sources/customers.yaml",
                """
                source: customers
                kind: entity
                key: customer
                changed_at: changed_at
                from: {files: data/customers*.csv}
                """);
    for (Map.Entry<String, List<String>> table : TABLES.entrySet()) {
      project.file(
          "tables/" + table.getKey() + ".sql",
          "/* kith:\n" + table.getValue().get(0) + "\n*/\n" + table.getValue().get(1) + "\n");
    }
    return project;
  }

  /** Later files hold late rows, too. A file goes, a customer changes, and seldom a region. */
  private void change(ProjectFolder project, int round, List<String> files) throws IOException {
    StringBuilder csv = new StringBuilder("id,customer,region,ordered_at,delivered_at,amount\n");
    int rows = round == 0 ? 120 : 1 + random.nextInt(6);
    for (int i = 0; i < rows; i++) {
      csv.append(order(round)).append('\n');
    }
    String file = "data/orders-" + round + ".csv";
    project.file(file, csv.toString());
    if (round == 0 || round == 4) {
      String name = round == 0 ? "North" : "Far north";
      project.file(
          "data/regions-" + round + ".csv",
          "region,name\nn," + name + "\n" + (round == 0 ? "s,South\n" : ""));
    } else if (round % 2 == 0) {
      project.delete(files.remove(1 + random.nextInt(files.size() - 1)));
    }
    files.add(file);
    StringBuilder customers = new StringBuilder("customer,name,changed_at\n");
    for (int i = 0; i < (round == 0 ? 9 : 2); i++) {
      customers.append("%d,name%d,%s%n".formatted(i, random.nextInt(100), time()));
    }
    project.file("data/customers-" + round + ".csv", customers.toString());
  }

  /** Later sometimes without a customer or a time of delivery. */
  private String order(int round) {
    boolean gaps = round > 1 && random.nextInt(4) == 0;
    String customer = gaps ? "" : String.valueOf(random.nextInt(9));
    String delivered = gaps && random.nextBoolean() ? "" : time().toString();
    return "%d,%s,%s,%s+00:00,%s,%d"
        .formatted(
            orders++,
            customer,
            random.nextBoolean() ? "n" : "s",
            time(),
            delivered,
            random.nextInt(100));
  }

  /** Often in the nights when the clocks of Chatham change, by UTC and by local time. */
  private LocalDateTime time() {
    LocalDateTime any =
        LocalDateTime.of(2021, 3, 1, 0, 0).plusMinutes(random.nextInt(60 * 24 * 240));
    return switch (random.nextInt(4)) {
      case 0 -> LocalDateTime.of(2021, 4, 3, 10, 0).plusMinutes(random.nextInt(24 * 60));
      case 1 -> LocalDateTime.of(2021, 9, 25, 10, 0).plusMinutes(random.nextInt(24 * 60));
      default -> any;
    };
  }

  private static Workspace workspace(Path project) {
    return Workspace.open(
        project,
        (warehouse, settings, folder) ->
            DuckDbEngine.open(warehouse, DuckDbLimits.of(folder.resolve(".kith/tmp"))),
        name -> Optional.empty(),
        Clock.systemUTC());
  }
}
