package dev.kith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.model.KithException;
import dev.kith.model.PersonAt;
import dev.kith.model.ProjectFaultException;
import dev.kith.model.type.Column;
import dev.kith.run.asof.AsOfQuestion;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows as Java code gets them, and what it is told where it asks for what is not there. */
class ResultTest {

  private static final String VALUES =
      """
      SELECT 1::INTEGER AS small, 2::BIGINT AS large, 3.50::DECIMAL(10,2) AS price, 0.25::DOUBLE AS share,
             true AS flag, 'text' AS word, DATE '2020-02-29' AS day,
             TIMESTAMPTZ '2020-02-29 12:00:00+00' AS moment, NULL::BIGINT AS nothing,
             [1::BIGINT, 2] AS list, {'order_id': 7::BIGINT, 'amount': 1.5::DECIMAL(4,1)} AS pair,
             '00000000-0000-0000-0000-000000000001'::UUID AS id
      """;

  @TempDir static Path temporary;
  private static Kith kith;

  @BeforeAll
  static void publish() throws IOException {
    kith = Kith.open(Shop.write(temporary.resolve("shop")));
    kith.run();
  }

  @AfterAll
  static void close() {
    kith.close();
  }

  record Pair(int orderId, BigDecimal amount) {}

  record Everything(
      long small,
      int large,
      double price,
      Double share,
      boolean flag,
      String word,
      LocalDate day,
      Instant moment,
      Optional<Long> nothing,
      List<Integer> list,
      Pair pair,
      UUID id) {}

  @Test
  void everyTypeFitsIntoARecord() {
    try (Result rows = kith.query(VALUES)) {
      assertThat(rows.as(Everything.class))
          .containsExactly(
              new Everything(
                  1,
                  2,
                  3.5,
                  0.25,
                  true,
                  "text",
                  LocalDate.of(2020, 2, 29),
                  Instant.parse("2020-02-29T12:00:00Z"),
                  Optional.empty(),
                  List.of(1, 2),
                  new Pair(7, new BigDecimal("1.5")),
                  new UUID(0, 1)));
    }
  }

  @Test
  void valuesAreAskedForByNameAndType() {
    try (Result rows = kith.query(VALUES)) {
      assertThat(rows.columns()).extracting(Column::name).startsWith("small", "large");
      Row row = rows.stream().findFirst().orElseThrow();
      assertThat(row.value("Large", Long.class)).contains(2L);
      assertThat(row.value("small", BigDecimal.class)).contains(BigDecimal.ONE);
      assertThat(row.value("nothing", Long.class)).isEmpty();
      assertThat(row.toMap()).containsEntry("word", "text").containsEntry("nothing", null);
      assertThatThrownBy(() -> row.value("price", Long.class))
          .hasMessage("Cannot take 'price' as Long: its values are of type BigDecimal");
      assertThatThrownBy(() -> row.value("prize")).hasMessageContaining("among small, large");
    }
  }

  record Misspelt(String wrod) {}

  record NeverNull(long nothing) {}

  @Test
  void recordsThatDoNotFitAreRefused() {
    try (Result rows = kith.query(VALUES)) {
      assertThatThrownBy(() -> rows.as(Misspelt.class))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("Cannot fill 'wrod' of Misspelt");
    }
    try (Result rows = kith.query(VALUES)) {
      assertThatThrownBy(() -> rows.as(NeverNull.class).toList())
          .hasMessage("Cannot take NULL of 'nothing' as long: declare it Optional");
    }
  }

  @Test
  void rowsAreReadOnce() {
    try (Result rows = kith.query("SELECT unnest(range(100000)) AS n")) {
      try (Stream<Row> stream = rows.stream()) {
        assertThat(stream.limit(3).map(row -> row.value("n"))).containsExactly(0L, 1L, 2L);
      }
      assertThatThrownBy(rows::stream).isInstanceOf(IllegalStateException.class);
    }
    assertThat(kith.query("SELECT 1 AS n").stream().count()).isOne();
  }

  @Test
  void faultsOfQueriesAreFoundBeforeRowsAreRead() {
    assertThatThrownBy(() -> kith.query("SELECT nmae FROM customer"))
        .isInstanceOf(ProjectFaultException.class);
    assertThatThrownBy(() -> kith.show("custmer", 1))
        .isInstanceOf(KithException.class)
        .hasMessage("Cannot find a profile named: custmer");
    assertThat(kith.show("customer", 99)).isEmpty();
    assertThat(kith.show("customer", "1").orElseThrow().value("name")).isEqualTo("Anna");
  }

  @Test
  void keysOfAnotherTypeAreNeverCast() {
    Instant at = Instant.parse("2020-02-01T00:00:00Z");
    AsOfQuestion question = AsOfQuestion.about(List.of(new PersonAt("1", at)));

    assertThatThrownBy(() -> kith.asOf("customer", question))
        .hasMessage("Cannot take a String as 'customer_id': it is BIGINT");
  }

  @Test
  void questionsMayBeAboutAnyRows() {
    AsOfQuestion question =
        AsOfQuestion.about("SELECT customer_id, order_id FROM orders ORDER BY order_id")
            .at(Instant.parse("2020-02-01T00:00:00Z"))
            .columns("orders");
    try (AsOfResult rows = kith.asOf("customer", question)) {
      assertThat(rows.counts().rows()).isEqualTo(3);
      assertThat(rows.stream().map(row -> row.value("order_id") + ": " + row.value("orders")))
          .containsExactly("1001: 1", "1002: 1", "1003: 1");
    }
  }

  @Test
  void thePeopleOfADatasetMayBeGiven() {
    List<PersonAt> people = List.of(new PersonAt(2L, Instant.parse("2020-01-06T16:45:00Z")));
    try (AsOfResult rows = kith.asOf("churn", AsOfQuestion.about(people))) {
      Row row = rows.stream().findFirst().orElseThrow();
      assertThat(row.names())
          .containsExactly(
              "customer_id",
              "as_of",
              "exists",
              "country",
              "spend",
              "orders_next_10d",
              "lost_next_10d");
      assertThat(row.value("orders_next_10d")).isEqualTo(1L);
    }
  }
}
