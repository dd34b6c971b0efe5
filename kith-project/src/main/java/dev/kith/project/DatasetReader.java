package dev.kith.project;

import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.SourceSpan;
import dev.kith.model.TableName;
import dev.kith.model.definition.DatasetDefinition;
import dev.kith.model.definition.DatasetDefinition.LabelBlock;
import dev.kith.model.definition.DatasetDefinition.RowSet;
import dev.kith.model.definition.Knowledge;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a dataset of its checked file. */
final class DatasetReader {

  private static final String ALL = "*";

  private final Problems problems;
  private final ZoneId zone;

  /**
   * @param zone the project's, in which dates and local times are read
   */
  DatasetReader(Problems problems, ZoneId zone) {
    this.problems = problems;
    this.zone = zone;
  }

  /** The dataset; of use only if nothing was reported for its file. */
  DatasetDefinition read(ProjectFile file, Part part) {
    List<Located<TableName>> profiles = new ArrayList<>();
    List<Located<String>> columns = new ArrayList<>();
    for (Located<String> feature : part.texts("features")) {
      int dot = feature.value().lastIndexOf('.');
      TableName profile = TableName.parse(feature.value().substring(0, dot));
      profiles.add(new Located<>(profile, feature.span()));
      columns.add(new Located<>(feature.value().substring(dot + 1), feature.span()));
    }
    requireOneProfile(profiles);
    RowSet rows = rows(part, file.start());
    boolean table = part.flag("table");
    if (table && rows instanceof RowSet.File given) {
      conflict(
          given.path().span(),
          "a table of rows from a file, of which a run cannot tell whether they changed",
          "make the file a source, and write the rows as a query");
    }
    if (!table && part.has("checks")) {
      conflict(
          part.spanOfKey("checks"),
          "checks of a dataset that no run builds",
          "add 'table: true', or leave them out");
    }
    return new DatasetDefinition(
        file.name(),
        DocumentationReader.read(part),
        part.text("dataset").map(Located::span).orElse(file.start()),
        rows,
        part.text("at").orElse(new Located<>(DatasetKeys.AS_OF, part.spanOfKey("rows"))),
        profiles.isEmpty()
            ? new Located<>(MeasureBlockReader.UNKNOWN, file.start())
            : profiles.get(0),
        features(columns),
        part.texts("except"),
        part.string("known").map(DatasetReader::known).orElse(Knowledge.NOW),
        part.items("labels").stream().map(this::block).toList(),
        table,
        new CheckReader(problems).read(part));
  }

  private void requireOneProfile(List<Located<TableName>> profiles) {
    for (Located<TableName> profile : profiles) {
      if (!profile.equals(profiles.get(0))) {
        conflict(
            profile.span(),
            "features of two profiles, '%s' and '%s'"
                .formatted(profiles.get(0).value(), profile.value()),
            "a dataset is about the people of one profile");
      }
    }
  }

  /** None stands for all. */
  private List<Located<String>> features(List<Located<String>> columns) {
    Optional<Located<String>> all =
        columns.stream().filter(column -> column.value().equals(ALL)).findFirst();
    if (all.isPresent() && columns.size() > 1) {
      conflict(
          all.get().span(),
          "all columns, and others beside them",
          "name columns or take all; 'except' leaves some out");
    }
    return all.isPresent() ? List.of() : columns;
  }

  private static RowSet rows(Part part, SourceSpan start) {
    Optional<Part> rows = part.part("rows");
    if (rows.isPresent() && rows.get().isScalar()) {
      return new RowSet.Query(rows.get().text());
    }
    return new RowSet.File(
        rows.flatMap(keys -> keys.text("file")).orElse(new Located<>("", start)));
  }

  private static Knowledge known(String word) {
    return word.equals("then") ? Knowledge.THEN : Knowledge.NOW;
  }

  private void conflict(SourceSpan span, String message, String help) {
    problems.add(Diagnostic.error(ProjectCode.CONFLICTING_KEYS, span, message, help));
  }

  private LabelBlock block(Part block) {
    return new LabelBlock(
        MeasureBlockReader.ofLabels(problems).read(block),
        block.string("complete_until").flatMap(text -> Moment.parse(text, zone)));
  }
}
