package dev.kith.sources;

import dev.kith.model.KithException;
import dev.kith.model.TableName;
import dev.kith.model.definition.ProjectSettings.Connection;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.SourceDefinition.Kind;
import dev.kith.model.definition.SourceDefinition.Origin;
import dev.kith.model.definition.SourceDefinition.Relation;
import dev.kith.model.type.Column;
import dev.kith.sources.fault.SourceCode;
import dev.kith.sources.jdbc.DatabaseReader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the rows of a database: those from the cursor's last position on (the row there is read
 * again, since others may have come with the same position), or all.
 */
final class DatabaseIntake {

  private static final int ROWS_BETWEEN_REPORTS = 20_000;

  private final SourceDefinition source;
  private final Origin.Database origin;
  private final IngestContext context;
  private final KnownColumns known;
  private final Rejects rejects;

  DatabaseIntake(
      SourceDefinition source,
      Origin.Database origin,
      IngestContext context,
      KnownColumns known,
      Rejects rejects) {
    this.source = source;
    this.origin = origin;
    this.context = context;
    this.known = known;
    this.rejects = rejects;
  }

  Intake read(SourceCursor cursor) {
    checkIdentity();
    try (DatabaseReader reader =
            DatabaseReader.open(
                source.name().toString(),
                context.project(),
                connection(),
                origin,
                cursor.position());
        RowLoader loader = new RowLoader(context.session(), source, known, rejects)) {
      RequiredNames.check(source, known, place(), reader.names());
      loader.begin(reader, place() + "#");
      long read = 0;
      while (reader.next()) {
        loader.add(reader.line());
        if (++read % ROWS_BETWEEN_REPORTS == 0) {
          context.listener().reading(source.name(), place(), read);
        }
      }
      loader.finish();
      context.listener().reading(source.name(), place(), read);
      return intake(reader, loader, cursor, read);
    }
  }

  /** Learns the columns from the first rows. */
  void look() {
    checkIdentity();
    try (DatabaseReader reader =
            DatabaseReader.open(
                source.name().toString(),
                context.project(),
                connection(),
                origin,
                Optional.empty());
        RowLoader loader = new RowLoader(context.session(), source, known, rejects)) {
      loader.begin(reader, place() + "#");
      for (int row = 0; row < TextIntake.ROWS_OF_A_LOOK && reader.next(); row++) {
        loader.add(reader.line());
      }
      loader.finish();
    }
  }

  private Intake intake(DatabaseReader reader, RowLoader loader, SourceCursor cursor, long read) {
    StagedRows rows =
        new StagedRows("kith_in_rows", known.schema(), StagedRows.originOf(loader.origins()));
    context
        .session()
        .bindView(TableName.of(rows.table()), StagedRows.union(loader.parts(), rows.columns()));
    Set<String> met =
        loader.readNames().stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    List<String> missing =
        known.all().stream()
            .map(Column::name)
            .filter(name -> !met.contains(name.toLowerCase(Locale.ROOT)))
            .toList();
    boolean anonymous = source.kind() == Kind.EVENTS && source.id().isEmpty();
    return new Intake(
        rows,
        loader.parts().stream().map(RowLoader.Part::table).toList(),
        new SourceCursor(Map.of(), reader.position(), cursor.rejectedBatch()),
        loader.added(),
        loader.withoutValues(),
        missing,
        List.of(),
        origin.cursor().isEmpty(),
        Optional.empty(),
        anonymous ? Optional.of("true") : Optional.empty(),
        RawTexts.json(),
        read,
        0,
        0);
  }

  private Connection connection() {
    Connection connection = context.settings().connections().get(origin.connection().value());
    if (connection == null) {
      throw KithException.project(
              SourceCode.BAD_OPTION,
              origin.connection().span().toString(),
              "Cannot find a connection '%s'".formatted(origin.connection().value()))
          .withHelp("Connections are in kith.yaml, below 'connections:'");
    }
    return connection;
  }

  private void checkIdentity() {
    if (origin.lookback().isPresent() && source.key().isEmpty() && source.id().isEmpty()) {
      throw KithException.project(
              SourceCode.LOOKBACK_WITHOUT_IDENTITY,
              origin.lookback().get().span().toString(),
              "Cannot look back in '%s': rows read again could not be told from new ones"
                  .formatted(source.name()))
          .withHelp("Give the source an 'id:', or remove 'lookback:'");
    }
  }

  /** As origins name it: the connection, and the table if it is one. */
  private String place() {
    return origin.relation() instanceof Relation.Table table
        ? origin.connection().value() + "." + table.name().value()
        : origin.connection().value();
  }
}
