package dev.kith.run;

import dev.kith.engine.Session;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.type.TableSchema;
import dev.kith.sources.SourceSchemas;
import java.util.ArrayList;
import java.util.List;

/** The columns of a project's sources, for which a session may be needed to look into files. */
final class SourceColumns implements AutoCloseable {

  private final Workspace workspace;
  private final List<Session> sessions = new ArrayList<>();

  SourceColumns(Workspace workspace) {
    this.workspace = workspace;
  }

  TableSchema of(SourceDefinition source) {
    return SourceSchemas.columns(
        source,
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
