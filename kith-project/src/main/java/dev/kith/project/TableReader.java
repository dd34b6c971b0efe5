package dev.kith.project;

import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.SourceSpan;
import dev.kith.model.definition.TableDefinition;
import dev.kith.model.definition.TableDefinition.Grain;
import dev.kith.model.definition.TableDefinition.Mode;
import java.util.Locale;
import java.util.Optional;

/** Makes a table of its query and its checked settings. */
final class TableReader {

  private final Problems problems;

  TableReader(Problems problems) {
    this.problems = problems;
  }

  TableDefinition read(ProjectFile file, Located<String> sql, Part part) {
    Located<Mode> mode = mode(file, part);
    if (mode.value() instanceof Mode.ByKey && !part.isGiven("key")) {
      incomplete(mode.span(), "mode 'by_key' needs 'key'", "add 'key:' with the columns");
    }
    if (part.has("at_safe") && !part.isGiven("at")) {
      incomplete(
          part.spanOfKey("at_safe"),
          "'at_safe' needs 'at'",
          "add 'at:' with the column that says when a row's fact became true");
    }
    return new TableDefinition(
        file.name(),
        DocumentationReader.read(part),
        file.start(),
        sql,
        part.texts("key"),
        part.text("at"),
        part.flag("at_safe"),
        mode,
        new CheckReader(problems).read(part));
  }

  private static Located<Mode> mode(ProjectFile file, Part part) {
    Optional<Part> written = part.part("mode");
    if (written.isEmpty()) {
      return new Located<>(new Mode.Full(), file.start());
    }
    SourceSpan span = written.get().span();
    if (!written.get().isScalar()) {
      return new Located<>(
          written.get().part("by_time").map(TableReader::byTime).orElse(new Mode.Full()), span);
    }
    return switch (written.get().text().value()) {
      case "append" -> new Located<>(new Mode.Append(), span);
      case "by_key" -> new Located<>(new Mode.ByKey(), span);
      default -> new Located<>(new Mode.Full(), span);
    };
  }

  private static Mode byTime(Part part) {
    return new Mode.ByTime(
        part.string("column").orElse(""),
        part.string("grain")
            .map(text -> Grain.valueOf(text.toUpperCase(Locale.ROOT)))
            .orElse(Grain.DAY),
        part.string("lookback").map(Integer::parseInt).orElse(0));
  }

  private void incomplete(SourceSpan span, String message, String help) {
    problems.add(Diagnostic.error(ProjectCode.INCOMPLETE, span, message, help));
  }
}
