package dev.kith.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.definition.CanonicalDefinition;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.TableDefinition;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of the design's table "What a change of definition does". */
class CanonicalDefinitionTest {

  private static final String EVENTS =
      """
      source: clicks
      kind: events
      at: occurred_at
      id: event_id
      from: {files: [clicks/*.csv], format: csv, delimiter: ","}
      columns:
        url: text
        ip: {type: text, pii: true}
      require:
        - not_null: [event_id]
        - accepted_values: {kind: [view, buy]}
        - range: {dwell: {min: 0, max: 9}}
        - matches: {url: http.*}
      max_rejected: 1%
      """;

  private static final String DATABASE =
      """
      source: customers
      kind: entity
      key: customer_id
      changed_at: updated_at
      from: {connection: shop, table: customers, cursor: updated_at, lookback: 2h}
      """;

  private static final String TABLE =
      """
      /* kith:
      key: [invoice, line]
      at: ordered_at
      mode: {by_time: {column: ordered_at, grain: day, lookback: 1}}
      checks:
        - unique: [invoice, line]
      */
      SELECT * FROM clicks
      """;

  private static final String PROFILE =
      """
      profile: customer
      key: customer_id
      from: {keys_of: [orders, clicks]}
      transactions: {from: orders, latest: 5, columns: [invoice]}
      measures:
        - from: orders
          over: [7d, ever]
          define:
            spend: sum(amount)
            orders: count(*)
          derive:
            average: spend / orders
      metrics:
        score: spend * 2
      """;

  @TempDir Path folder;
  private TestProject project;

  @BeforeEach
  void writeProject() {
    project =
        TestProject.in(folder)
            .with(
                "kith.yaml",
                """
                kith: 1
                name: test
                connections: {shop: {url: "jdbc:x", password: "${PASSWORD}"}}
                """)
            .with("sources/clicks.yaml", EVENTS)
            .with("sources/customers.yaml", DATABASE)
            .with("tables/orders.sql", TABLE)
            .with("profiles/customer.yaml", PROFILE)
            .withVariable("PASSWORD", "first");
  }

  @Test
  void documentationOrderAndLayoutChangeNothing() {
    Map<String, CanonicalDefinition> before = canonical();

    project
        .with(
            "sources/clicks.yaml",
            """
            # A comment.
            require: [{matches: {url: "http.*"}}, {range: {dwell: {max: 9, min: 0}}},
              {accepted_values: {kind: [buy, "view"]}}, {not_null: event_id}]
            columns:
              ip: {tags: [net], description: Where from.}
              url: {type: VARCHAR, description: The page.}
            from:
              delimiter: ','
              format: csv
              files: clicks/*.csv
            max_rejected: unlimited
            id: [event_id]
            at: Occurred_At
            kind: events
            owner: someone
            tags: [web]
            description: Said anew.
            source: clicks
            """
                .replace("ip: {tags", "ip: {type: text, tags"))
        .with(
            "tables/orders.sql",
            """
            -- Above all.
            /* kith: {at: ordered_at, key: [invoice, LINE], description: Orders, owner: me,
                 mode: {by_time: {lookback: 1, grain: day, column: ordered_at}},
                 columns: {invoice: {pii: true}}, checks: [{unique: [line, invoice]}]} */

            SELECT  *  FROM clicks
            """)
        .with(
            "profiles/customer.yaml",
            """
            metrics: {score: {is: "spend * 2", description: How good.}}
            measures:
              - define: {orders: {is: count(*), pii: true}, spend: sum(amount)}
                derive: {average: {is: "spend /  orders", tags: [x]}}
                over: [ever, 7d]
                from: ORDERS
            transactions: {columns: invoice, latest: 5, from: orders}
            from: {keys_of: [clicks, orders]}
            key: customer_id
            owner: someone
            profile: customer
            """);

    assertThat(parts(canonical())).isEqualTo(parts(before));
  }

  @Test
  void checksAreToldApartFromRows() {
    CanonicalDefinition before = canonical("orders");

    project.with("tables/orders.sql", TABLE.replace("unique: [invoice, line]", "not_null: line"));

    CanonicalDefinition after = canonical("orders");
    assertThat(after.fingerprint()).isEqualTo(before.fingerprint());
    assertThat(after.checks()).isNotEqualTo(before.checks());
  }

  @ParameterizedTest
  @CsvSource({
    "severity: warn, true",
    "name: lines, false",
    "description: One line each., false",
  })
  void ofAChecksOtherSettingsItsSeverityCounts(String setting, boolean counts) {
    CanonicalDefinition before = canonical("orders");

    project.with("tables/orders.sql", TABLE.replace("line]\n*/", "line]\n    " + setting + "\n*/"));

    CanonicalDefinition after = canonical("orders");
    assertThat(after.parts()).isEqualTo(before.parts());
    assertThat(after.checks().equals(before.checks())).isEqualTo(!counts);
  }

  @Test
  void checksOfAProfileConcernNoColumn() {
    CanonicalDefinition before = canonical("customer");

    project.with("profiles/customer.yaml", PROFILE + "checks:\n  - row_count: {min: 1}\n");

    CanonicalDefinition after = canonical("customer");
    assertThat(after.fingerprint()).isEqualTo(before.fingerprint());
    assertThat(after.checks()).isNotEqualTo(before.checks());
  }

  @Test
  void aQueryConcernsItsTableOnly() {
    Map<String, CanonicalDefinition> before = canonical();

    project.with("tables/orders.sql", TABLE.replace("SELECT *", "SELECT 1"));

    assertThat(changed(before)).containsExactly("orders");
    assertThat(canonical("orders").layout()).isEqualTo(of(before, "orders").layout());
  }

  @ParameterizedTest
  @CsvSource({
    "spend: sum(amount), spend: sum(quantity), 'spend,spend_7d'",
    "orders: count(*), 'orders: {is: count(*), over: 7d}', 'orders'",
    "average: spend / orders, average: spend + orders, 'average,average_7d'",
    "score: spend * 2, score: spend * 3, score",
    "latest: 5, latest: 6, transactions",
    "columns: [invoice], columns: [line], transactions",
  })
  void aMeasureConcernsItsColumnsOnly(String from, String to, String columns) {
    Map<String, CanonicalDefinition> before = canonical();

    project.with("profiles/customer.yaml", PROFILE.replace(from, to));

    assertThat(changed(before)).containsExactly("customer");
    CanonicalDefinition old = of(before, "customer");
    CanonicalDefinition now = canonical("customer");
    assertThat(now.layout()).isEqualTo(old.layout());
    assertThat(now.rows()).isEqualTo(old.rows());
    Map<String, String> differing = new TreeMap<>(old.columns());
    now.columns().forEach(differing::remove);
    assertThat(differing.keySet()).containsExactlyInAnyOrder(columns.split(","));
  }

  @ParameterizedTest
  @CsvSource({
    "clicks/*.csv, clicks/*.tsv",
    "format: csv, format: tsv",
    "'delimiter: \",\"', 'delimiter: \";\"'",
    "'delimiter: \",\"', 'quote: \"|\"'",
    "'delimiter: \",\"', 'null_strings: [x]'",
    "'delimiter: \",\"', 'on_removed_file: delete'",
    "id: event_id, 'id: [event_id, kind]'",
    "id: event_id, 'id: event_id\ndedupe: global'",
    "id: event_id, 'id: event_id\ntimezone: Asia/Seoul'",
    "max_rejected: 1%, on_type_change: error",
    "'[view, buy]', '[view, sell]'",
    "max: 9, max: 10",
    "http.*, https.*",
  })
  void readingOptionsOfASourceAreNotItsLayout(String from, String to) {
    Map<String, CanonicalDefinition> before = canonical();

    project.with("sources/clicks.yaml", EVENTS.replace(from, to));

    assertThat(changed(before)).containsExactly("clicks");
    assertThat(canonical("clicks").layout()).isEqualTo(of(before, "clicks").layout());
    assertThat(canonical("clicks").rows()).isNotEqualTo(of(before, "clicks").rows());
  }

  @ParameterizedTest
  @ValueSource(strings = {"url: bigint", "url: {type: text, format: x}", "url: {renamed_from: u}"})
  void aDeclaredColumnConcernsThatColumn(String declaration) {
    CanonicalDefinition before = canonical("clicks");

    project.with("sources/clicks.yaml", EVENTS.replace("url: text", declaration));

    CanonicalDefinition after = canonical("clicks");
    assertThat(after.rows()).isEqualTo(before.rows());
    assertThat(after.columns()).isNotEqualTo(before.columns());
    assertThat(after.columns()).containsEntry("ip", "type \"VARCHAR\"\n");
    assertThat(after.fingerprint()).isNotEqualTo(before.fingerprint());
  }

  @Test
  void keyAndTimeAreTheLayout() {
    Map<String, CanonicalDefinition> before = canonical();

    project
        .with("sources/clicks.yaml", EVENTS.replace("at: occurred_at", "at: received_at"))
        .with("sources/customers.yaml", DATABASE.replace("key: customer_id", "key: email"))
        .with("tables/orders.sql", TABLE.replace("key: [invoice, line]", "key: invoice"))
        .with("profiles/customer.yaml", PROFILE.replace("key: customer_id", "key: email"));

    canonical()
        .forEach(
            (name, now) -> {
              assertThat(now.layout()).as(name).isNotEqualTo(of(before, name).layout());
              assertThat(now.rows()).as(name).isEqualTo(of(before, name).rows());
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"mode: append", "mode: full", "mode: by_key"})
  void theModeConcernsAllRows(String mode) {
    CanonicalDefinition before = canonical("orders");

    project.with("tables/orders.sql", TABLE.replaceFirst("mode: .*", mode));

    assertThat(canonical("orders").rows()).isNotEqualTo(before.rows());
  }

  @Test
  void secretsAreNotInIt() {
    Map<String, CanonicalDefinition> before = canonical();

    project = project.withVariable("PASSWORD", "second");

    assertThat(changed(before)).isEmpty();
    assertThat(before.toString()).doesNotContain("first");
  }

  private CanonicalDefinition canonical(String name) {
    return of(canonical(), name);
  }

  private static CanonicalDefinition of(Map<String, CanonicalDefinition> all, String name) {
    return Optional.ofNullable(all.get(name)).orElseThrow();
  }

  private Map<String, CanonicalDefinition> canonical() {
    return project
        .project()
        .definitions()
        .collect(
            Collectors.toMap(
                definition -> definition.name().toString(),
                definition -> {
                  if (definition instanceof SourceDefinition source) {
                    return CanonicalDefinition.of(source);
                  }
                  return definition instanceof TableDefinition table
                      ? CanonicalDefinition.of(table, squeezed(table.sql().value()))
                      : CanonicalDefinition.of(
                          (ProfileDefinition) definition, CanonicalDefinitionTest::squeezed);
                }));
  }

  private Set<String> changed(Map<String, CanonicalDefinition> before) {
    return canonical().entrySet().stream()
        .filter(
            entry ->
                !of(before, entry.getKey()).fingerprint().equals(entry.getValue().fingerprint()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static Map<String, Object> parts(Map<String, CanonicalDefinition> canonical) {
    Map<String, Object> parts = new TreeMap<>();
    canonical.forEach((name, one) -> parts.put(name, one.parts()));
    return parts;
  }

  private static String squeezed(String sql) {
    return sql.strip().replaceAll("\\s+", " ");
  }
}
