package dev.kith.run;

import dev.kith.engine.Session;
import dev.kith.lake.ReleaseEntry;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.type.TableSchema;
import dev.kith.run.plan.SourcePlaces;
import dev.kith.sources.SourceSchemas;
import java.util.ArrayList;
import java.util.List;

/** The columns of a project's sources, for which a session may be needed to look into files. */
final class SourceColumns implements AutoCloseable {

  private final Workspace workspace;
  private final SourcePlaces places;
  private final List<Session> sessions = new ArrayList<>();

  SourceColumns(Workspace workspace) {
    this.workspace = workspace;
    this.places = workspace.places();
  }

  TableSchema of(SourceDefinition source) {
    ReleaseEntry borrowed = places.borrowed(source).get(SourcePlaces.rows(source));
    if (borrowed != null) {
      return SourceSchemas.columns(source, borrowed.schema());
    }
    return SourceSchemas.columns(
        source,
        places.tables(source),
        workspace.warehouse(),
        workspace.folder(),
        workspace.project().settings(),
        workspace.clock(),
        this::session);
  }

  private Session session() {
    Session session = workspace.engine().open(workspace.project().settings().timezone());
    sessions.add(session);
    return session;
  }

  @Override
  public void close() {
    sessions.forEach(Session::close);
  }
}
