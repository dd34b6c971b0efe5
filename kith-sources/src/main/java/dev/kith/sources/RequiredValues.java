package dev.kith.sources;

import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.definition.SourceDefinition.Requirement;
import dev.kith.model.type.TableSchema;
import dev.kith.sources.fault.SourceCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the values that {@code require:} names are of their columns' types, which are known only
 * once rows were read. The engine decides, since it is to compare them.
 */
final class RequiredValues {

  private final TableSchema columns;
  private final Session session;
  private final Problems problems;

  private RequiredValues(TableSchema columns, Session session, Problems problems) {
    this.columns = columns;
    this.session = session;
    this.problems = problems;
  }

  static void check(
      List<Requirement> requirements, TableSchema columns, Session session, Problems problems) {
    RequiredValues values = new RequiredValues(columns, session, problems);
    for (Requirement each : requirements) {
      if (each instanceof Requirement.AcceptedValues accepted) {
        values.check(accepted.column(), accepted.values());
      } else if (each instanceof Requirement.Range range) {
        values.check(
            range.column(), Stream.of(range.min(), range.max()).flatMap(Optional::stream).toList());
      }
    }
  }

  private void check(Located<String> column, List<String> values) {
    columns
        .column(column.value())
        .ifPresent(
            known -> {
              String type = known.type().sql();
              values.stream()
                  .filter(value -> !isOfType(value, type))
                  .map(
                      value ->
                          "'%s' is not a %s, which column '%s' is"
                              .formatted(value, type, column.value()))
                  .map(text -> Diagnostic.error(SourceCode.BAD_OPTION, column.span(), text))
                  .forEach(problems::add);
            });
  }

  private boolean isOfType(String value, String type) {
    try (Rows rows =
        session.query("SELECT TRY_CAST(%s AS %s)".formatted(Sql.literal(value), type))) {
      return rows.next() && rows.value(0) != null;
    }
  }
}
