package dev.kith.project;

import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.Suggestion;
import dev.kith.model.definition.EnvironmentSettings;
import dev.kith.model.definition.EnvironmentSettings.Sample;
import dev.kith.model.definition.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes the settings of {@code environments:} in a checked {@code kith.yaml}. */
final class EnvironmentReader {

  private final Part project;
  private final Problems problems;
  private final Map<String, EnvironmentSettings> environments = new LinkedHashMap<>();

  EnvironmentReader(Part project, Problems problems) {
    this.project = project;
    this.problems = problems;
    project
        .entries("environments")
        .forEach((name, part) -> environments.put(name.value(), read(name.value(), part)));
  }

  /** What is written of an environment. */
  Optional<Part> settings(String name) {
    return project.entries("environments").entrySet().stream()
        .filter(entry -> entry.getKey().value().equals(name))
        .map(Map.Entry::getValue)
        .filter(Part::isKeyed)
        .findFirst();
  }

  /** The settings of an environment, be it written or not. */
  EnvironmentSettings read(String name) {
    return environments.getOrDefault(name, EnvironmentSettings.of(name));
  }

  private EnvironmentSettings read(String name, Part part) {
    if (!part.isKeyed()) {
      return EnvironmentSettings.of(name);
    }
    Map<Located<String>, Part> connections = part.entries("connections");
    connections.keySet().forEach(this::checkKnown);
    return new EnvironmentSettings(
        name,
        connections.keySet().stream().map(Located::value).collect(Collectors.toSet()),
        part.part("sample").flatMap(this::sample),
        part.string("expires")
            .flatMap(text -> Window.parse(text, Window.Direction.AHEAD))
            .map(Window.Span.class::cast)
            .orElse(EnvironmentSettings.DEFAULT_EXPIRES));
  }

  private void checkKnown(Located<String> connection) {
    List<String> known =
        project.entries("connections").keySet().stream().map(Located::value).toList();
    if (!known.contains(connection.value())) {
      problems.add(
          Diagnostic.error(
              ProjectCode.UNKNOWN_CONNECTION,
              connection.span(),
              "no connection '" + connection.value() + "' to replace",
              Suggestion.didYouMean(connection.value(), known)
                  .orElse("define it under the project's own 'connections' too")));
    }
  }

  private Optional<Sample> sample(Part part) {
    Optional<Double> share = part.string("share").flatMap(Shares::parse);
    Optional<String> by = part.string("by");
    if (share.filter(value -> value <= 0 || value > 1).isPresent()) {
      problems.add(
          Diagnostic.error(
              ProjectCode.NOT_ACCEPTED,
              part.part("share").orElseThrow().span(),
              "'share' is a part of all people: more than 0, 100% at most",
              "5% works with one in twenty"));
      return Optional.empty();
    }
    return share.flatMap(value -> by.map(column -> new Sample(value, column)));
  }
}
