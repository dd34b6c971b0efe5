package dev.kith.run.openlineage;

import dev.kith.model.definition.LineageSettings;
import dev.kith.model.definition.Project;
import dev.kith.run.lineage.LineageGraph;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What a run is about.
 *
 * @param graph the project's lineage; asked for when the first table is told of
 * @param kith the version of Kith
 */
public record RunSubject(
    LineageSettings settings,
    Project project,
    Path folder,
    Supplier<LineageGraph> graph,
    String kith,
    Clock clock) {}
