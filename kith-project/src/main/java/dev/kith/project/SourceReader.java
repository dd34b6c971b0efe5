package dev.kith.project;

import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.SourceDefinition.ColumnDeclaration;
import dev.kith.model.definition.SourceDefinition.Deduplication;
import dev.kith.model.definition.SourceDefinition.Kind;
import dev.kith.model.definition.SourceDefinition.RejectionLimit;
import dev.kith.model.definition.SourceDefinition.TypeChange;
import dev.kith.model.type.DataType;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes a source of its checked file. */
final class SourceReader {

  private final Problems problems;
  private final ZoneId projectZone;

  SourceReader(Problems problems, ZoneId projectZone) {
    this.problems = problems;
    this.projectZone = projectZone;
  }

  /**
   * Reports what cannot be, and makes the source; it is of use only if nothing was reported for its
   * file.
   */
  Optional<SourceDefinition> read(ProjectFile file, Part part) {
    part.has("source");
    new SourceRules(problems).check(part);
    Optional<SourceDefinition.Origin> origin = part.part("from").flatMap(OriginReader::read);
    return origin.map(
        from ->
            new SourceDefinition(
                file.name(),
                DocumentationReader.read(part),
                part.text("source").map(Located::span).orElse(file.start()),
                isEntity(part) ? Kind.ENTITY : Kind.EVENTS,
                part.texts("key"),
                part.text("at"),
                part.texts("id"),
                part.text("changed_at"),
                part.string("dedupe").filter("global"::equals).isPresent()
                    ? Deduplication.GLOBAL
                    : Deduplication.TOUCHED,
                from,
                part.string("timezone").map(ZoneId::of).orElse(projectZone),
                columns(part),
                new RequirementReader(problems).requirements(part),
                limit(part),
                part.string("on_type_change").filter("error"::equals).isPresent()
                    ? TypeChange.ERROR
                    : TypeChange.REJECT));
  }

  static boolean isEntity(Part part) {
    return part.string("kind").filter("entity"::equals).isPresent();
  }

  private static RejectionLimit limit(Part part) {
    return RejectionLimits.parse(part.string("max_rejected").orElse(RejectionLimits.DEFAULT))
        .orElseThrow();
  }

  private static Map<String, ColumnDeclaration> columns(Part part) {
    Map<String, ColumnDeclaration> columns = new LinkedHashMap<>();
    part.entries("columns")
        .forEach((name, column) -> columns.put(name.value(), column(name, column)));
    return columns;
  }

  private static ColumnDeclaration column(Located<String> name, Part column) {
    Optional<String> type =
        column.isScalar() ? Optional.of(column.text().value()) : column.string("type");
    return new ColumnDeclaration(
        name.span(),
        type.flatMap(DataType::parse),
        column.string("format"),
        column.string("renamed_from"));
  }
}
