package dev.kith.run;

import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.lake.Release;
import dev.kith.model.TableName;
import dev.kith.model.definition.ProjectSettings;
import dev.kith.model.definition.SourceDefinition.Kind;
import dev.kith.model.type.Column;
import dev.kith.run.build.Bindings;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.graph.Node;
import dev.kith.run.graph.Sampling;
import dev.kith.run.plan.RelationVersion;
import dev.kith.run.plan.Versions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The instant of a run's profiles. */
final class AsOf {

  private AsOf() {}

  /**
   * That which was asked for; else, in an environment, production's; else as the project's settings
   * say: today, or after the newest event, if there is one.
   */
  static Instant decide(
      Workspace workspace, RunOptions options, Blueprint blueprint, Versions versions) {
    ProjectSettings settings = workspace.project().settings();
    ZoneId zone = settings.timezone();
    if (options.pinned().isPresent() && options.pinned().get().asOf().isPresent()) {
      return options.pinned().get().asOf().get();
    }
    if (options.asOf().isPresent()) {
      return options.asOf().get().in(zone);
    }
    Optional<Instant> production = ofProduction(workspace);
    if (production.isPresent()) {
      return production.get();
    }
    LocalDate today = LocalDate.ofInstant(workspace.clock().instant(), zone);
    LocalDate day =
        settings.asOf() == ProjectSettings.AsOfDefault.TODAY
            ? today
            : newest(workspace, blueprint, versions)
                .map(newest -> LocalDate.ofInstant(newest, zone).plusDays(1))
                .orElse(today);
    return day.atStartOfDay(zone).toInstant();
  }

  /**
   * That of the profiles which production's readers see: what does not differ from them need not be
   * built for an environment. Nothing in production itself.
   */
  private static Optional<Instant> ofProduction(Workspace workspace) {
    return workspace
        .basis()
        .production()
        .flatMap(release -> new PublishedTables(workspace, release).instant());
  }

  /** Whether the instant follows from the events that there are. */
  static boolean followsData(Workspace workspace, RunOptions options) {
    return options.asOf().isEmpty()
        && options.pinned().flatMap(pinned -> pinned.asOf()).isEmpty()
        && workspace.project().settings().asOf() == ProjectSettings.AsOfDefault.DATA
        && ofProduction(workspace).isEmpty();
  }

  /** The time of the newest event of all sources. */
  private static Optional<Instant> newest(
      Workspace workspace, Blueprint blueprint, Versions versions) {
    List<Instant> newest = new ArrayList<>();
    Map<Node.SourceNode, RelationVersion> untold = new LinkedHashMap<>();
    events(workspace, blueprint, versions)
        .forEach(
            (source, version) ->
                workspace
                    .warehouse()
                    .newest(version.version(), at(source).name())
                    .ifPresentOrElse(newest::add, () -> untold.put(source, version)));
    if (!untold.isEmpty()) {
      read(workspace, untold).ifPresent(newest::add);
    }
    return newest.stream().max(Comparator.naturalOrder());
  }

  /** Where the rows of sources are; of those that are not selected, what readers see. */
  private static Map<Node.SourceNode, RelationVersion> events(
      Workspace workspace, Blueprint blueprint, Versions versions) {
    Optional<Release> published = workspace.basis().parent();
    Map<Node.SourceNode, RelationVersion> events = new LinkedHashMap<>();
    for (Node.SourceNode source : blueprint.sources()) {
      TableName name = source.name();
      if (source.definition().kind() != Kind.EVENTS) {
        continue;
      }
      if (versions.has(name)) {
        events.put(source, versions.get(name));
      } else {
        published
            .flatMap(release -> release.entry(name))
            .ifPresent(entry -> events.put(source, new RelationVersion(entry.version(), false)));
      }
    }
    return events;
  }

  private static Column at(Node.SourceNode source) {
    String name = source.definition().at().orElseThrow().value();
    return source.schema().column(name).orElseThrow();
  }

  /** As {@link #newest}, by looking at the rows. */
  private static Optional<Instant> read(
      Workspace workspace, Map<Node.SourceNode, RelationVersion> sources) {
    List<String> newest = new ArrayList<>();
    try (Session session = workspace.engine().open(workspace.project().settings().timezone())) {
      sources.forEach(
          (source, version) -> {
            TableName name = source.name();
            new Bindings(session, Sampling.NONE).bind(name, version, source.schema(), Set.of());
            newest.add(
                "SELECT max(" + at(source).quotedName() + ") AS newest FROM " + name.quoted());
          });
      String sql = "SELECT max(newest) FROM (" + String.join(" UNION ALL ", newest) + ")";
      try (Rows rows = session.query(sql)) {
        return rows.next() ? Optional.ofNullable((Instant) rows.value(0)) : Optional.empty();
      }
    }
  }
}
