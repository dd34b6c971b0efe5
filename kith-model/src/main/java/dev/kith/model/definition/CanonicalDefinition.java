package dev.kith.model.definition;

import dev.kith.model.Fingerprint;
import dev.kith.model.Located;
import dev.kith.model.TableName;
import dev.kith.model.definition.ProfileDefinition.MeasureBlock;
import dev.kith.model.definition.ProfileDefinition.Population;
import dev.kith.model.definition.TableDefinition.Mode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The parts of a definition that decide its rows, as text. Descriptions, owners, tags, comments,
 * the order of keys and the layout of files leave it as it is; so do connections' values. Two
 * definitions with equal texts give the same rows from the same input.
 *
 * @param layout kind, key and {@code at}: a change makes a new physical table
 * @param rows all else that concerns every row: a source's reading options, a table's query and
 *     mode, who exists for a profile
 * @param columns what concerns one column, by name in lower case: a source's declarations, a
 *     profile's columns after windows are expanded. An expression stands for itself only: what it
 *     refers to has an entry of its own
 * @param checks what must hold before publication; decides no row, and is not in the fingerprint
 */
public record CanonicalDefinition(
    String layout, String rows, Map<String, String> columns, String checks) {

  public CanonicalDefinition {
    columns = Collections.unmodifiableMap(new TreeMap<>(columns));
  }

  /** Of a source. */
  public static CanonicalDefinition of(SourceDefinition source) {
    return CanonicalSource.of(source);
  }

  /**
   * Of a table.
   *
   * @param canonicalSql the query without comments, positions and layout
   */
  public static CanonicalDefinition of(TableDefinition table, String canonicalSql) {
    CanonicalText layout =
        new CanonicalText()
            .putColumns("key", values(table.key()))
            .putColumns("at", values(table.at().stream().toList()));
    CanonicalText rows = new CanonicalText().put("sql", canonicalSql);
    Mode mode = table.mode().value();
    if (mode instanceof Mode.ByTime byTime) {
      rows.put(
          "mode",
          List.of(
              "by_time",
              CanonicalText.column(byTime.column()),
              byTime.grain().name(),
              Integer.toString(byTime.lookback())));
    } else {
      rows.put("mode", mode.getClass().getSimpleName());
    }
    return new CanonicalDefinition(
        layout.toString(), rows.toString(), Map.of(), CanonicalChecks.ofChecks(table.checks()));
  }

  /**
   * Of a profile.
   *
   * @param canonicalExpression makes an expression's text without comments and layout
   */
  public static CanonicalDefinition of(
      ProfileDefinition profile, UnaryOperator<String> canonicalExpression) {
    CanonicalText rows = new CanonicalText();
    if (profile.from() instanceof Population.History history) {
      rows.put("from", history.table().value().toString());
    } else if (profile.from() instanceof Population.KeysOf keys) {
      rows.put("keys_of", names(keys.tables()));
    }
    Map<String, String> columns = new TreeMap<>();
    profile
        .attributes()
        .forEach(
            attribute ->
                put(columns, attribute.name(), "attribute", attribute.column().value().strip()));
    profile
        .transactions()
        .ifPresent(
            transactions ->
                columns.put(
                    "transactions",
                    new CanonicalText()
                        .put("from", transactions.from().value().toString())
                        .putColumns("on", values(transactions.on().stream().toList()))
                        .put("latest", Integer.toString(transactions.latest()))
                        .putColumns("columns", values(transactions.columns()))
                        .toString()));
    profile.measures().forEach(block -> measures(block, canonicalExpression, columns));
    profile
        .metrics()
        .forEach(
            metric ->
                put(
                    columns,
                    metric.name().value(),
                    "metric",
                    canonicalExpression.apply(metric.is().value())));
    return new CanonicalDefinition(
        new CanonicalText().putColumns("key", List.of(profile.key().value())).toString(),
        rows.toString(),
        columns,
        CanonicalChecks.ofChecks(profile.checks()));
  }

  /** Of checks alone: what is the same demands the same, whatever it is called. */
  public static String ofChecks(List<Check> checks) {
    return CanonicalChecks.ofChecks(checks);
  }

  /** All that decides rows, in a fixed order; for {@link Fingerprint#of(List)} with other parts. */
  public List<String> parts() {
    List<String> parts = new ArrayList<>(List.of(layout, rows));
    columns.forEach(
        (name, text) -> {
          parts.add(name);
          parts.add(text);
        });
    return List.copyOf(parts);
  }

  public Fingerprint fingerprint() {
    return Fingerprint.of(parts());
  }

  private static void measures(
      MeasureBlock block, UnaryOperator<String> canonical, Map<String, String> columns) {
    for (ProfileDefinition.Measure measure : block.define()) {
      for (Located<Window> window : measure.over().orElse(block.windows())) {
        String stem = measure.as().orElse(measure.name().value());
        columns.put(
            CanonicalText.column(ProfileDefinition.columnName(stem, window.value())),
            new CanonicalText()
                .put("from", block.from().value().toString())
                .putColumns("on", values(block.on().stream().toList()))
                .put("over", window.value().text())
                .put("measure", canonical.apply(measure.is().value()))
                .toString());
      }
    }
    for (ProfileDefinition.Derived derived : block.derive()) {
      for (Located<Window> window : derived.over().orElse(block.windows())) {
        columns.put(
            CanonicalText.column(
                ProfileDefinition.columnName(derived.name().value(), window.value())),
            new CanonicalText()
                .put("over", window.value().text())
                .put("derived", canonical.apply(derived.is().value()))
                .toString());
      }
    }
  }

  private static void put(Map<String, String> columns, String name, String what, String text) {
    columns.put(CanonicalText.column(name), new CanonicalText().put(what, text).toString());
  }

  private static List<String> names(Collection<Located<TableName>> tables) {
    return tables.stream().map(table -> table.value().toString()).sorted().toList();
  }

  static List<String> values(Collection<Located<String>> texts) {
    return texts.stream().map(Located::value).toList();
  }
}
