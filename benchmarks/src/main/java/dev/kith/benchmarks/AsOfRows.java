package dev.kith.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * People at instants of the second year, with the 60 columns of the profile as they were then:
 * straight from the events as they were ingested, and from copies of them in the order of people.
 * One of the monthly instants is compared with the expert's statement.
 */
final class AsOfRows {

  /** A midnight that is one of the monthly instants. */
  private static final String COMPARED = "2025-07-01";

  private final Setting setting;
  private final Programs programs;
  private final EventFiles events;
  private final List<Rows> asked;

  /** What is asked for. */
  enum Rows {
    UNIFORM(1_000_000, "people evenly, each at a second of its own"),
    ACTIVE(100_000, "people as often as they click, each at a second of its own"),
    MONTHLY(1_000_000, "people evenly, each at the 12 first midnights of months");

    private final int count;
    private final String what;

    Rows(int count, String what) {
      this.count = count;
      this.what = what;
    }

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Rows> parse(String text) {
      return Arrays.stream(values()).filter(rows -> rows.text().equals(text)).findFirst();
    }
  }

  /** Some rows that were answered a number of times in one way. */
  private record Answers(Rows rows, Series series) {

    String speed() {
      return String.format(
          Locale.ROOT,
          "%s: %,d rows (%s), %,.0f a second of wall time, %,.0f a second of CPU.",
          series.name(),
          rows.count,
          rows.what,
          rows.count / series.spread(Trial::wallSeconds).median(),
          rows.count / series.spread(trial -> trial.usage().cpuSeconds()).median());
    }
  }

  AsOfRows(Setting setting, List<Rows> asked) throws IOException, SQLException {
    this.setting = setting;
    this.asked = List.copyOf(asked);
    this.programs = setting.programs();
    this.events = setting.events();
  }

  void measure(Report report) throws IOException, InterruptedException, SQLException {
    Feed feed = Feed.start(setting, events, "as-of-" + setting.size().text());
    for (Rows rows : asked) {
      make(rows);
    }
    List<Answers> straight = answers(feed, "", asked);
    Trial full = feed.run("full");
    feed.keepCopies(true);
    Trial making = feed.run("copy");
    List<Answers> copied = answers(feed, ", from copies", asked);
    Optional<String> compared =
        asked.contains(Rows.MONTHLY) ? Optional.of(compare()) : Optional.empty();
    feed.keepCopies(false);
    Trial day = feed.day();
    feed.keepCopies(true);
    Trial keeping = feed.run("keep");
    List<Answers> grown = answers(feed, ", from copies a day later", asked.subList(0, 1));

    report.heading("as-of, " + setting.size().text());
    report.line(
        "`kith asof customer --keys rows.parquet --at as_of -o answer.parquet` with `memory: %s`, 60 columns."
            .formatted(setting.memory()));
    List<Answers> all = Stream.of(straight, copied, grown).flatMap(List::stream).toList();
    report.table(all.stream().map(Answers::series).toList());
    all.forEach(answers -> report.line(answers.speed()));
    compared.ifPresent(
        result -> report.line("Against the expert's statement as of " + COMPARED + ": " + result));
    report.line("The copies, by a `kith run` that does nothing else:");
    report.table(
        List.of(
            new Series("full build, without copies", List.of(full)),
            new Series("making the copies", List.of(making)),
            new Series("daily update, without copies", List.of(day)),
            new Series("a day added to the copies", List.of(keeping))));
  }

  private List<Answers> answers(Feed feed, String from, List<Rows> kinds)
      throws IOException, InterruptedException {
    Map<Rows, List<Trial>> trials = new LinkedHashMap<>();
    for (int round = 1; round <= setting.rounds(); round++) {
      for (Rows rows : kinds) {
        Trial trial = answer(feed.project(), rows);
        trials.computeIfAbsent(rows, key -> new ArrayList<>()).add(trial);
        System.err.println("Round " + round + ", " + rows.text() + from + ": " + trial);
      }
    }
    return trials.entrySet().stream()
        .map(
            entry ->
                new Answers(
                    entry.getKey(), new Series(entry.getKey().text() + from, entry.getValue())))
        .toList();
  }

  private Trial answer(Path folder, Rows rows) throws IOException, InterruptedException {
    return programs.kith(
        "kith-asof-" + rows.text(),
        "asof",
        "customer",
        "-C",
        folder.toString(),
        "--keys",
        asked(rows).toString(),
        "--at",
        "as_of",
        "-o",
        answered(rows).toString());
  }

  private Path asked(Rows rows) {
    return setting
        .work()
        .resolve("as-of-asked-" + rows.text() + "-" + setting.size().text() + ".parquet");
  }

  private Path answered(Rows rows) {
    return setting.work().resolve("as-of-answered-" + rows.text() + ".parquet");
  }

  private void make(Rows rows) throws IOException, SQLException {
    Files.deleteIfExists(asked(rows));
    String evenly =
        "CAST(1000000 + hash(i) % %s AS BIGINT) AS customer_id"
            .replace("%s", setting.size().parameters().get("NC"));
    String second =
        "TIMESTAMPTZ '2025-01-01 00:00:00+00' + to_seconds(CAST(hash(-i) % 31449600 AS BIGINT)) AS as_of";
    String query =
        switch (rows) {
          case UNIFORM ->
              "SELECT %s, %s FROM range(1, %d) AS t(i)".formatted(evenly, second, rows.count + 1);
          case ACTIVE ->
              "SELECT customer_id, %s FROM (SELECT customer_id, row_number() OVER () AS i FROM read_parquet([%s]) USING SAMPLE reservoir(%d ROWS) REPEATABLE (7))"
                  .formatted(second, Duck.list(events.clicks()), rows.count);
          case MONTHLY ->
              "SELECT %s, TIMESTAMPTZ '2025-01-01 00:00:00+00' + to_months(CAST(m AS INTEGER)) AS as_of FROM range(1, %d) AS t(i), range(12) AS u(m)"
                  .formatted(evenly, rows.count / 12 + 1);
        };
    try (Duck duck = new Duck()) {
      duck.execute("COPY (%s) TO %s (FORMAT parquet)".formatted(query, Duck.quoted(asked(rows))));
    }
  }

  /** Holds the answers at one of the instants against the expert's rows of the same people. */
  private String compare() throws IOException, InterruptedException, SQLException {
    Path expert = setting.work().resolve("as-of-expert.parquet");
    Path kith = setting.work().resolve("as-of-compared.parquet");
    Path script =
        Files.writeString(
            setting.work().resolve("as-of-expert.sql"),
            setting.expert(COMPARED, events.clicks(), events.orders())
                + "COPY (SELECT * FROM expert WHERE customer_id IN (SELECT customer_id FROM %s)) TO %s (FORMAT parquet);\n"
                    .formatted(Duck.quoted(asked(Rows.MONTHLY)), Duck.quoted(expert)));
    programs.run("expert-as-of", PlainDuckDb.class.getName(), List.of(script.toString()));
    try (Duck duck = new Duck()) {
      duck.execute(
          "COPY (SELECT DISTINCT * FROM read_parquet(%s) WHERE \"exists\" AND as_of = TIMESTAMPTZ '%s 00:00:00+00') TO %s (FORMAT parquet)"
              .formatted(Duck.quoted(answered(Rows.MONTHLY)), COMPARED, Duck.quoted(kith)));
    }
    return ProfileComparison.compare(expert, kith);
  }
}
