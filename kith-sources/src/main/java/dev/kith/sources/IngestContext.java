package dev.kith.sources;

import dev.kith.engine.Session;
import dev.kith.lake.Warehouse;
import dev.kith.model.definition.ProjectSettings;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What an ingestion works with.
 *
 * @param session in the project's zone; temporary names that begin with {@code kith_in_} are used
 * @param project the folder that paths of files are relative to
 * @param clock tells when rows were ingested and versions were observed
 * @param tables that take the rows
 * @param run the identity of the run; with the source's name it names the batch
 * @param definition the fingerprint of the source's definition, kept with the rows
 * @param fullRefresh reads everything anew: events replace what was there, an entity keeps its
 *     history and gets new versions only where something differs
 */
public record IngestContext(
    Session session,
    Warehouse warehouse,
    Path project,
    ProjectSettings settings,
    Clock clock,
    SourceTables tables,
    String run,
    String definition,
    boolean fullRefresh,
    IngestListener listener) {}
