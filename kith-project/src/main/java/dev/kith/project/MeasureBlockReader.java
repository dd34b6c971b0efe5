package dev.kith.project;

import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.TableName;
import dev.kith.model.definition.ProfileDefinition.Derived;
import dev.kith.model.definition.ProfileDefinition.Measure;
import dev.kith.model.definition.ProfileDefinition.MeasureBlock;
import dev.kith.model.definition.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a block of {@code measures:} or {@code labels:}. */
final class MeasureBlockReader {

  /** Stands for a table whose name is missing or faulty, which has been reported. */
  static final TableName UNKNOWN = TableName.of("_unknown");

  private final Problems problems;
  private final String key;
  private final Window.Direction direction;

  private MeasureBlockReader(Problems problems, String key, Window.Direction direction) {
    this.problems = problems;
    this.key = key;
    this.direction = direction;
  }

  /** Of a profile, whose windows look back. */
  static MeasureBlockReader ofProfile(Problems problems) {
    return new MeasureBlockReader(problems, "over", Window.Direction.BACK);
  }

  /** Of a dataset's labels, whose windows look forward. */
  static MeasureBlockReader ofLabels(Problems problems) {
    return new MeasureBlockReader(problems, "next", Window.Direction.AHEAD);
  }

  MeasureBlock read(Part block) {
    return new MeasureBlock(
        block.span(),
        block.text("from").map(ProfileReader::table).orElse(new Located<>(UNKNOWN, block.span())),
        block.text("on"),
        windows(block).orElse(List.of(new Located<>(new Window.Ever(), block.span()))),
        block.entries("define").entrySet().stream().map(this::measure).toList(),
        block.entries("derive").entrySet().stream().map(this::derived).toList());
  }

  private Measure measure(Map.Entry<Located<String>, Part> entry) {
    Part part = entry.getValue();
    return new Measure(
        entry.getKey(),
        expression(entry.getKey(), part),
        windows(part),
        part.isKeyed() ? part.string("as") : Optional.empty(),
        DocumentationReader.column(part));
  }

  private Derived derived(Map.Entry<Located<String>, Part> entry) {
    Part part = entry.getValue();
    return new Derived(
        entry.getKey(),
        expression(entry.getKey(), part),
        windows(part),
        DocumentationReader.column(part));
  }

  /**
   * The expression of {@code name: expression} or {@code name: {is: expression}}, without the space
   * around it that block texts have.
   */
  static Located<String> expression(Located<String> name, Part part) {
    Located<String> text =
        part.isScalar() ? part.text() : part.text("is").orElse(new Located<>("", name.span()));
    return new Located<>(text.value().strip(), text.span());
  }

  private Optional<List<Located<Window>>> windows(Part part) {
    if (!part.isKeyed() || !part.has(key)) {
      return Optional.empty();
    }
    List<Located<Window>> windows = new ArrayList<>();
    for (Located<String> text : part.texts(key)) {
      Window window = Window.parse(text.value(), direction).orElseThrow();
      Located<Window> located = new Located<>(window, text.span());
      if (windows.contains(located)) {
        problems.add(
            Diagnostic.error(
                ProjectCode.CONFLICTING_KEYS,
                text.span(),
                "the window '" + text.value() + "' is named twice",
                "name it once"));
      } else {
        windows.add(located);
      }
    }
    return Optional.of(windows);
  }
}
