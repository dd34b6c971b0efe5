package dev.kith;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.engine.ExportFormat;
import dev.kith.model.Diagnostic;
import dev.kith.model.KithException;
import dev.kith.model.PersonAt;
import dev.kith.model.ProjectFaultException;
import dev.kith.run.RunOptions;
import dev.kith.run.asof.AsOfQuestion;
import dev.kith.run.event.RunEvent;
import dev.kith.run.plan.Selection;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the guide and of Javadoc: they stand here literally, and do what they say. */
class JavaGuideTest {

  private static final Path GUIDE = Path.of("../docs/how-to/java.md");
  private static final Path SOURCES = Path.of("src/main/java/dev/kith");
  private static final Path THIS = Path.of("src/test/java/dev/kith/JavaGuideTest.java");

  @TempDir Path temporary;

  private final List<String> printed = new ArrayList<>();
  private Path folder = Path.of(".");

  @BeforeEach
  void write() throws IOException {
    folder = Shop.write(temporary.resolve("shop"));
  }

  @Test
  void openAndRun() {
    try (Kith kith = Kith.open(folder)) {
      RunResult result = kith.run();
      result.release().ifPresent(release -> print(release.number() + ": " + release.tables()));
    }
    assertThat(printed)
        .containsExactly(
            "1: [customer, customers, customers_history, customers_rejected, orders, orders_rejected]");
  }

  @Test
  void plan() {
    try (Kith kith = Kith.open(folder)) {
      for (Plan.Step step : kith.plan().steps()) {
        print(step.table() + " " + step.action() + " " + step.why());
      }
      kith.run();
      assertThat(kith.plan().isEmpty()).isTrue();
    }
    assertThat(printed)
        .hasSize(3)
        .contains("customer BUILD never built")
        .anyMatch(line -> line.startsWith("orders READ"));
  }

  @Test
  void options() {
    try (Kith kith = Kith.open(folder)) {
      kith.run();
      RunOptions options =
          RunOptions.DEFAULT
              .selecting(new Selection(List.of("customer"), List.of()))
              .asOf(LocalDate.of(2020, 2, 1));
      RunResult result =
          kith.run(
              options,
              event -> {
                if (event instanceof RunEvent.Built built) {
                  print(built.table() + ": " + built.rows());
                }
              });
      assertThat(result.asOf()).contains(Instant.parse("2020-02-01T00:00:00Z"));
    }
    assertThat(printed).containsExactly("customer: 2");
  }

  record Country(String country, long people, BigDecimal spend) {}

  @Test
  void records() {
    try (Kith kith = Kith.open(folder)) {
      kith.run();
      String sql =
          """
          SELECT country, count(*) AS people, sum(spend) AS spend
          FROM customer GROUP BY country ORDER BY spend DESC
          """;
      try (Result rows = kith.query(sql)) {
        List<Country> countries = rows.as(Country.class).toList();
        print(countries.get(0).country() + " " + countries.get(0).spend());
      }
    }
    assertThat(printed).containsExactly("Germany 73.90");
  }

  @Test
  void streams() {
    try (Kith kith = Kith.open(folder)) {
      kith.run();
      try (Result rows = kith.query("SELECT name, spend_30d FROM customer ORDER BY name")) {
        rows.stream()
            .filter(row -> row.value("spend_30d") != null)
            .forEach(row -> print(row.value("name") + " " + row.value("spend_30d")));
      }
    }
    assertThat(printed).containsExactly("Anna 49.00");
  }

  record Order(long orderId, BigDecimal amount) {}

  record Customer(String name, Optional<BigDecimal> spend30d, List<Order> transactions) {}

  @Test
  void lookUp() {
    try (Kith kith = Kith.open(folder)) {
      kith.run();
      Optional<Customer> bo = kith.show("customer", 2).map(row -> row.as(Customer.class));
      bo.ifPresent(person -> print(person.name() + " " + person.transactions()));
      assertThat(bo).map(Customer::spend30d).contains(Optional.empty());
    }
    assertThat(printed).containsExactly("Bo [Order[orderId=1002, amount=26.00]]");
  }

  @Test
  void trainingSet() throws IOException {
    Path file = temporary.resolve("churn.parquet");
    try (Kith kith = Kith.open(folder)) {
      kith.run();
      try (AsOfResult rows = kith.asOf("churn")) {
        rows.export(file, ExportFormat.PARQUET);
        print(rows.counts().rows() + " rows");
      }
    }
    assertThat(printed).containsExactly("3 rows");
    assertThat(Files.size(file)).isPositive();
  }

  @Test
  void people() {
    try (Kith kith = Kith.open(folder)) {
      kith.run();
      List<PersonAt> people =
          List.of(
              new PersonAt(1, Instant.parse("2020-02-20T11:20:00Z")),
              new PersonAt(1, Instant.parse("2020-02-20T11:20:01Z")));
      AsOfQuestion question = AsOfQuestion.about(people).columns("spend", "orders_30d");
      try (AsOfResult rows = kith.asOf("customer", question)) {
        rows.stream().forEach(row -> print(row.value("as_of") + " " + row.value("spend")));
      }
    }
    assertThat(printed).containsExactly("2020-02-20T11:20:00Z 24.90", "2020-02-20T11:20:01Z 73.90");
  }

  @Test
  void oneRelease() throws IOException {
    try (Kith kith = Kith.open(folder)) {
      kith.run();
      try (Published published = kith.published()) {
        Shop.moreOrders(folder);
        kith.run();
        print(published.release().number() + ": " + published.show("customer", 2));
      }
      print("now: " + kith.show("customer", 2));
    }
    assertThat(printed.get(0)).startsWith("1: ").contains("spend=26.00");
    assertThat(printed.get(1)).startsWith("now: ").contains("spend=31.10");
  }

  @Test
  void faults() throws IOException {
    Shop.file(folder, "tables/wrong.sql", "SELECT custmer_id FROM orders");
    try (Kith kith = Kith.open(folder)) {
      try {
        kith.run();
      } catch (ProjectFaultException fault) {
        for (Diagnostic found : fault.diagnostics()) {
          print(found.span() + " " + found.code().id() + " " + found.message());
        }
      } catch (KithException fault) {
        print(fault.code().id() + " " + fault.getMessage() + fault.help().orElse(""));
      }
    }
    assertThat(printed)
        .singleElement()
        .asString()
        .startsWith("tables/wrong.sql:1:8 S012 ")
        .contains("custmer_id");
  }

  @Test
  void environments() throws IOException {
    try (Kith kith = Kith.open(folder)) {
      kith.run();
    }
    Shop.moreOrders(folder);
    try (Kith trial = Kith.open(folder, OpenOptions.DEFAULT.in("trial"))) {
      RunResult result = trial.run();
      result.release().ifPresent(release -> print(release.environment()));
    }
    assertThat(printed).containsExactly("trial");
  }

  /** From Kith's own Javadoc. */
  @Test
  void first() {
    Path shop = folder;
    try (Kith kith = Kith.open(shop)) {
      kith.run();
      print(kith.show("customer", 1));
    }
    assertThat(printed).singleElement().asString().contains("name=Anna");
  }

  @Test
  void whatTheGuideSaysStandsHere() throws IOException {
    String here = plain(Files.readString(THIS));
    List<String> examples = examples(Files.readString(GUIDE), "(?s)```java\n(.*?)```");
    examples.addAll(
        examples(
            Files.readString(SOURCES.resolve("Kith.java")),
            "(?s)<pre>\\{@code\n(.*?) \\* }</pre>"));

    assertThat(examples).hasSizeGreaterThan(9);
    assertThat(examples)
        .allSatisfy(
            example -> assertThat(here).contains(plain(example.replaceAll("(?m)^ \\* ", ""))));
  }

  private static List<String> examples(String text, String pattern) {
    return new ArrayList<>(
        Pattern.compile(pattern).matcher(text).results().map(found -> found.group(1)).toList());
  }

  /** Without what differs by where code stands. */
  private static String plain(String code) {
    return code.replace("System.out.println(", "print(")
        .replace("Path.of(\"shop\")", "shop")
        .replaceAll("\\s+", " ")
        .strip();
  }

  private void print(Object line) {
    printed.add(line.toString());
  }
}
