package dev.kith.run.change;

import dev.kith.measures.ColumnOrigin;
import dev.kith.measures.OutputColumn;
import dev.kith.measures.ProfileExpressions;
import dev.kith.model.Fingerprint;
import dev.kith.model.Located;
import dev.kith.model.definition.CanonicalDefinition;
import dev.kith.model.definition.DatasetDefinition;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.model.definition.ProfileDefinition.Population;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.TableDefinition;
import dev.kith.model.definition.TableDefinition.Mode;
import dev.kith.model.type.Column;
import dev.kith.run.change.Part.Kind;
import dev.kith.run.graph.Fingerprints;
import dev.kith.run.graph.Node;
import dev.kith.run.graph.Sampling;
import dev.kith.sql.SqlAnalyzer;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Takes definitions apart. */
final class PartsOfDefinition {

  private final SqlAnalyzer analyzer;
  private final ZoneId zone;
  private final Sampling sampling;

  PartsOfDefinition(SqlAnalyzer analyzer, ZoneId zone, Sampling sampling) {
    this.analyzer = analyzer;
    this.zone = zone;
    this.sampling = sampling;
  }

  DefinitionParts of(Node node) {
    List<Part> parts = new ArrayList<>();
    parts.add(part(Kind.SETTING, "timezone", zone.getId()));
    parts.add(part(Kind.SETTING, "semantics", Fingerprints.semantics(node)));
    sampling.text(node).ifPresent(sample -> parts.add(part(Kind.SETTING, "sample", sample)));
    if (node instanceof Node.SourceNode source) {
      parts.addAll(ofSource(source.definition()));
    } else if (node instanceof Node.TableNode table) {
      parts.addAll(ofTable(table));
    } else if (node instanceof Node.ProfileNode profile) {
      parts.addAll(ofProfile(profile));
    } else if (node instanceof Node.DatasetNode dataset) {
      parts.addAll(ofDataset(dataset));
    }
    return new DefinitionParts(parts);
  }

  private static List<Part> ofSource(SourceDefinition source) {
    CanonicalDefinition canonical = CanonicalDefinition.of(source);
    List<Part> parts = new ArrayList<>();
    canonical.layout().lines().forEach(line -> parts.add(option(line)));
    canonical.rows().lines().forEach(line -> parts.add(option(line)));
    canonical.columns().forEach((name, text) -> parts.add(part(Kind.COLUMN, name, text.strip())));
    return parts;
  }

  /** A line {@code name "value" …}. */
  private static Part option(String line) {
    int space = line.indexOf(' ');
    return part(Kind.OPTION, line.substring(0, space), line.substring(space + 1));
  }

  private List<Part> ofTable(Node.TableNode node) {
    TableDefinition table = node.definition();
    List<Part> parts = new ArrayList<>();
    parts.add(part(Kind.KEY, "key", names(table.key())));
    parts.add(part(Kind.AT, "at", names(table.at().stream().toList())));
    parts.add(part(Kind.MODE, "mode", mode(table.mode().value())));
    parts.add(
        new Part(
            Kind.QUERY,
            "query",
            Fingerprint.of(node.query().canonical()).hex(),
            node.query().sql().strip()));
    node.schema()
        .names()
        .forEach(
            name ->
                parts.add(
                    new Part(
                        Kind.COLUMN,
                        name,
                        Fingerprint.of(analyzer.narrowed(node.query(), List.of(name)).canonical())
                            .abbreviated(),
                        "")));
    return parts;
  }

  private static String mode(Mode mode) {
    return mode instanceof Mode.ByTime byTime
        ? "by_time %s by %s, lookback %d"
            .formatted(
                byTime.column(), byTime.grain().name().toLowerCase(Locale.ROOT), byTime.lookback())
        : mode.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static List<Part> ofProfile(Node.ProfileNode node) {
    ProfileDefinition profile = node.definition();
    Map<String, Located<String>> expressions = ProfileExpressions.byColumn(profile);
    List<Part> parts = new ArrayList<>();
    parts.add(part(Kind.KEY, "key", profile.key().value()));
    parts.add(part(Kind.FROM, "from", who(profile.from())));
    for (OutputColumn column : node.plan().columns()) {
      Located<String> expression = expressions.get(column.name().toLowerCase(Locale.ROOT));
      parts.add(
          new Part(
              Kind.COLUMN,
              column.name(),
              Fingerprint.of(node.plan().canonical(List.of(column.name()))).hex(),
              expression == null ? text(column.origin()) : text(column.origin(), expression)));
    }
    return parts;
  }

  private static List<Part> ofDataset(Node.DatasetNode node) {
    DatasetDefinition dataset = node.definition();
    Map<String, Located<String>> expressions =
        new HashMap<>(ProfileExpressions.byColumn(node.profile()));
    expressions.putAll(ProfileExpressions.byColumn(dataset));
    List<Part> parts = new ArrayList<>();
    parts.add(part(Kind.AT, "at", dataset.at().value()));
    parts.add(part(Kind.MODE, "known", dataset.known().name().toLowerCase(Locale.ROOT)));
    node.rows()
        .ifPresent(
            rows ->
                parts.add(
                    new Part(
                        Kind.QUERY,
                        "rows",
                        Fingerprint.of(rows.canonical()).hex(),
                        rows.sql().strip())));
    for (Column column : node.plan().columns()) {
      parts.add(
          new Part(
              Kind.COLUMN,
              column.name(),
              Fingerprint.of(node.plan().canonical(column.name())).abbreviated(),
              Optional.ofNullable(expressions.get(column.name().toLowerCase(Locale.ROOT)))
                  .map(PartsOfDefinition::inOneLine)
                  .orElse("")));
    }
    return parts;
  }

  private static String who(Population population) {
    return population instanceof Population.History history
        ? history.table().value().toString()
        : ((Population.KeysOf) population)
            .tables().stream()
                .map(table -> table.value().toString())
                .collect(Collectors.joining(", ", "keys of ", ""));
  }

  private static String text(ColumnOrigin origin) {
    if (origin instanceof ColumnOrigin.Attribute attribute) {
      return "attribute " + attribute.column();
    }
    return origin instanceof ColumnOrigin.Transactions latest
        ? "the latest %d of %s".formatted(latest.latest(), latest.events().relation())
        : "";
  }

  private static String text(ColumnOrigin origin, Located<String> expression) {
    String text = inOneLine(expression);
    return origin instanceof ColumnOrigin.Measured measured
        ? "%s of %s over %s".formatted(text, measured.events().relation(), measured.window().text())
        : text;
  }

  private static String inOneLine(Located<String> expression) {
    return expression.value().strip().replaceAll("\\s+", " ");
  }

  private static String names(List<Located<String>> names) {
    return names.isEmpty()
        ? "none"
        : names.stream().map(Located::value).collect(Collectors.joining(", "));
  }

  /** One that means what it says. */
  private static Part part(Kind kind, String name, String text) {
    return new Part(kind, name, text, text);
  }
}
