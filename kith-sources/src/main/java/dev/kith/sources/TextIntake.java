package dev.kith.sources;

import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.SourceDefinition.Origin;
import dev.kith.model.definition.SourceDefinition.RemovedFile;
import dev.kith.model.type.Column;
import dev.kith.sources.file.FilePlan;
import dev.kith.sources.file.FileState;
import dev.kith.sources.file.FileTask;
import dev.kith.sources.file.OpenFile;
import dev.kith.sources.file.RecordReader;
import dev.kith.sources.file.TextOptions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads the new rows of text files. */
final class TextIntake {

  private static final int ROWS_BETWEEN_REPORTS = 20_000;
  static final int ROWS_OF_A_LOOK = 20_000;

  private final SourceDefinition source;
  private final Origin.Files origin;
  private final IngestContext context;
  private final KnownColumns known;
  private final Rejects rejects;
  private final TextOptions options;
  private final Map<String, FileState> states;
  private long read;
  private long bytes;

  TextIntake(
      SourceDefinition source,
      Origin.Files origin,
      IngestContext context,
      KnownColumns known,
      Rejects rejects) {
    this.source = source;
    this.origin = origin;
    this.context = context;
    this.known = known;
    this.rejects = rejects;
    this.options =
        TextOptions.of(
            source.name().toString(),
            origin.options(),
            List.copyOf(source.columns().keySet()),
            known.all().stream().map(Column::name).toList());
    this.states = new TreeMap<>();
  }

  Intake read(FilePlan plan, SourceCursor cursor) {
    states.putAll(plan.kept());
    boolean delete = origin.onRemovedFile() == RemovedFile.DELETE;
    if (!delete) {
      plan.removed().forEach(state -> states.put(state.path(), state));
    }
    try (RowLoader loader = new RowLoader(context.session(), source, known, rejects)) {
      for (FileTask file : plan.tasks()) {
        read(file, loader);
      }
      loader.finish();
      StagedRows rows =
          new StagedRows(
              "kith_in_rows",
              known.schema(),
              loader.origins().isEmpty() ? "''" : StagedRows.originOf(loader.origins()));
      context
          .session()
          .bindView(
              dev.kith.model.TableName.of(rows.table()),
              StagedRows.union(loader.parts(), rows.columns()));
      return new Intake(
          rows,
          loader.parts().stream().map(RowLoader.Part::table).toList(),
          new SourceCursor(states, Optional.empty(), cursor.rejectedBatch()),
          loader.added(),
          loader.withoutValues(),
          missing(loader),
          delete ? plan.removed() : List.of(),
          false,
          Optional.empty(),
          Optional.empty(),
          new FileRawTexts(plan.tasks(), options),
          read,
          plan.tasks().size(),
          bytes);
    }
  }

  /** Learns the columns from the start of the first file. */
  void look(FilePlan plan) {
    try (RowLoader loader = new RowLoader(context.session(), source, known, rejects)) {
      if (!plan.tasks().isEmpty()) {
        FileTask file = plan.tasks().get(0);
        try (OpenFile open = OpenFile.open(file.path(), file.name(), file.format(), options)) {
          RecordReader records = open.records();
          loader.begin(records, file.name() + ":");
          for (int row = 0; row < ROWS_OF_A_LOOK && records.next(); row++) {
            if (records.fault() == null) {
              loader.add(records.line());
            }
          }
        }
      }
      loader.finish();
    }
  }

  private List<String> missing(RowLoader loader) {
    Set<String> met =
        loader.readNames().stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return read == 0
        ? List.of()
        : known.all().stream()
            .map(Column::name)
            .filter(name -> !met.contains(name.toLowerCase(Locale.ROOT)))
            .toList();
  }

  private void read(FileTask file, RowLoader loader) {
    try (OpenFile open = OpenFile.open(file.path(), file.name(), file.format(), options)) {
      RecordReader records = open.records();
      String prefix = file.name() + ":";
      loader.begin(records, prefix);
      if (records.untyped() && !records.names().isEmpty()) {
        RequiredNames.check(source, known, file.name(), records.names());
      }
      long number = 0;
      while (records.next()) {
        if (number++ < file.skip()) {
          continue;
        }
        read++;
        String fault = records.fault();
        if (fault == null) {
          loader.add(records.line());
        } else {
          rejects.add(prefix + records.line(), fault, null, records.raw());
        }
        if (read % ROWS_BETWEEN_REPORTS == 0) {
          context.listener().reading(source.name(), file.name(), read);
        }
      }
      OpenFile.Extent extent = open.extent(number);
      bytes += extent.bytes();
      states.put(file.name(), file.taken(extent));
    }
    context.listener().reading(source.name(), file.name(), read);
  }
}
