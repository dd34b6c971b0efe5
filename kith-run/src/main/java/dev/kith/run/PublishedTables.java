package dev.kith.run;

import dev.kith.lake.LakeTable;
import dev.kith.lake.Release;
import dev.kith.lake.ReleaseEntry;
import dev.kith.model.TableName;
import dev.kith.model.type.TableSchema;
import dev.kith.run.build.Bindings;
import dev.kith.run.build.Building;
import dev.kith.run.event.RunListener;
import dev.kith.run.graph.Relations;
import dev.kith.run.plan.Versions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/** A release as a run sees the tables that it has built: names, columns and versions. */
final class PublishedTables {

  private final Workspace workspace;
  private final Release release;
  private final Relations relations = new Relations();

  PublishedTables(Workspace workspace, Release release) {
    this.workspace = workspace;
    this.release = release;
    release.entries().forEach((name, entry) -> relations.add(name, name, schema(entry)));
  }

  Relations relations() {
    return relations;
  }

  /** As if a run had just reached the release. */
  Building building(String run, RunListener listener) {
    Versions versions = new Versions(workspace.warehouse());
    release
        .entries()
        .forEach(
            (name, entry) -> {
              LakeTable table = workspace.warehouse().table(entry.table());
              versions.put(
                  name,
                  entry.table(),
                  table.snapshot(entry.snapshotId()),
                  entry.kind() == ReleaseEntry.Kind.CURRENT_OF_HISTORY);
            });
    return new Building(
        workspace.warehouse(),
        workspace.engine(),
        workspace.project().settings().timezone(),
        run,
        asOf(),
        relations,
        versions,
        workspace.sampling(),
        workspace.environment(),
        listener,
        false);
  }

  /** The start of today, or where profiles follow the data, the instant of the release's. */
  private Instant asOf() {
    ZoneId zone = workspace.project().settings().timezone();
    return switch (workspace.project().settings().asOf()) {
      case TODAY ->
          LocalDate.ofInstant(workspace.clock().instant(), zone).atStartOfDay(zone).toInstant();
      case DATA -> instant().orElse(release.createdAt());
    };
  }

  /** Of the release's profiles, if it has any. */
  Optional<Instant> instant() {
    return release.entries().values().stream()
        .filter(entry -> entry.kind() == ReleaseEntry.Kind.PROFILE)
        .map(this::asOf)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Instant> asOf(ReleaseEntry entry) {
    return workspace
        .warehouse()
        .table(entry.table())
        .snapshot(entry.snapshotId())
        .provenance()
        .asOf();
  }

  private static TableSchema schema(ReleaseEntry entry) {
    return entry.kind() == ReleaseEntry.Kind.CURRENT_OF_HISTORY
        ? new TableSchema(
            entry.schema().columns().stream()
                .filter(column -> !Bindings.isOfHistory(column))
                .toList())
        : entry.schema();
  }

  /** The columns of a name that people see; nothing if the release lacks it. */
  Optional<TableSchema> visible(TableName name) {
    return relations.find(name).map(relation -> relation.visible(java.util.Set.of()));
  }
}
