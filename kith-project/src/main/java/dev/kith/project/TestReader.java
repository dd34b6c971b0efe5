package dev.kith.project;

import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.SourceSpan;
import dev.kith.model.TableName;
import dev.kith.model.definition.TestDefinition;
import dev.kith.model.definition.TestDefinition.Expectation;
import dev.kith.model.definition.TestDefinition.Given;
import dev.kith.model.definition.TestRows;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes tests of a checked file. */
final class TestReader {

  private static final List<String> FORMS = List.of("rows", "csv", "file", "sql");

  private final Problems problems;
  private final ZoneId zone;

  /**
   * @param zone the project's, in which dates and local times are read
   */
  TestReader(Problems problems, ZoneId zone) {
    this.problems = problems;
    this.zone = zone;
  }

  /** The tests of the file; of use only if nothing was reported for it. */
  List<TestDefinition> read(ProjectFile file, Part part) {
    Optional<Located<Instant>> asOf = asOf(part);
    Map<TableName, Given> given = given(part);
    boolean several = part.isGiven("tests");
    List<TestDefinition> tests = new ArrayList<>();
    if (!several || part.has("test") || part.has("expect")) {
      tests.add(test(file, part, Optional.empty(), Map.of()));
    }
    for (String key : List.of("test", "expect")) {
      if (several && part.isGiven(key)) {
        conflict(part.spanOfKey(key), "'" + key + "' beside 'tests'", "move it into the list");
      } else if (!several && !part.isGiven(key)) {
        problems.add(
            Diagnostic.error(
                ProjectCode.INCOMPLETE,
                file.start(),
                "the test has no '" + key + "'",
                "add '" + key + ":', or list several tests in 'tests:'"));
      }
    }
    for (Part one : part.items("tests")) {
      tests.add(test(file, one, asOf, given));
    }
    return tests;
  }

  private TestDefinition test(
      ProjectFile file,
      Part part,
      Optional<Located<Instant>> sharedAsOf,
      Map<TableName, Given> sharedGiven) {
    Map<TableName, Given> given = new LinkedHashMap<>(sharedGiven);
    given.putAll(given(part));
    return new TestDefinition(
        part.text("test").orElse(new Located<>("", file.start())),
        part.string("description"),
        asOf(part).or(() -> sharedAsOf),
        List.copyOf(given.values()),
        part.entries("expect").entrySet().stream()
            .map(entry -> expectation(ProfileReader.table(entry.getKey()), entry.getValue()))
            .toList());
  }

  private Optional<Located<Instant>> asOf(Part part) {
    return part.text("as_of")
        .map(
            text ->
                new Located<>(Moment.parse(text.value(), zone).orElse(Instant.EPOCH), text.span()));
  }

  private Map<TableName, Given> given(Part part) {
    Map<TableName, Given> given = new LinkedHashMap<>();
    part.entries("given")
        .forEach(
            (name, rows) -> {
              Located<TableName> table = ProfileReader.table(name);
              TestRows read =
                  rows(rows).orElse(new TestRows.Inline(List.of(), rows.span())); // was reported
              if (given.put(table.value(), new Given(table, read)) != null) {
                twice(table);
              }
            });
    return given;
  }

  private Expectation expectation(Located<TableName> table, Part part) {
    Optional<TestRows> rows = rows(part);
    if (!part.isKeyed()) {
      return new Expectation(table, rows, Optional.empty(), false, false);
    }
    Optional<Located<Integer>> count =
        part.text("count").map(text -> new Located<>(Integer.parseInt(text.value()), text.span()));
    if (!part.isGiven("count") && FORMS.stream().noneMatch(part::isGiven)) {
      problems.add(
          Diagnostic.error(
              ProjectCode.INCOMPLETE,
              table.span(),
              "nothing is expected of '" + table.value() + "'",
              "add 'rows:', which may be [], or 'count:'"));
    }
    boolean ordered = part.flag("ordered");
    boolean partial = part.flag("partial");
    if (ordered && partial) {
      conflict(
          part.spanOfKey("partial"),
          "'partial' beside 'ordered'",
          "remove one of them: rows in order are all there are");
    }
    return new Expectation(table, rows, count, ordered, partial);
  }

  /** The rows, in the first of the ways in which they are written. */
  private Optional<TestRows> rows(Part part) {
    if (!part.isKeyed()) {
      return Optional.of(inline(part));
    }
    Optional<TestRows> rows = part.part("rows").map(TestReader::inline);
    Optional<TestRows> csv = part.text("csv").map(TestRows.Csv::new);
    Optional<TestRows> file = part.text("file").map(TestRows.File::new);
    Optional<TestRows> sql = part.text("sql").map(TestRows.Sql::new);
    List<String> written = FORMS.stream().filter(part::isGiven).toList();
    if (written.size() > 1) {
      conflict(
          part.spanOfKey(written.get(1)),
          "'" + written.get(1) + "' beside '" + written.get(0) + "'",
          "write the rows in one way");
    }
    return rows.or(() -> csv).or(() -> file).or(() -> sql);
  }

  private static TestRows inline(Part part) {
    return new TestRows.Inline(
        part.items().stream()
            .map(
                row -> {
                  List<TestRows.Field> fields = new ArrayList<>();
                  row.entries()
                      .forEach(
                          (name, value) ->
                              fields.add(new TestRows.Field(name, value(value.anything()))));
                  return new TestRows.Row(fields, row.span());
                })
            .toList(),
        part.span());
  }

  private static TestRows.Value value(YamlValue value) {
    if (value instanceof YamlValue.Items items) {
      return new TestRows.Value.Items(
          items.items().stream().map(TestReader::value).toList(), items.span());
    }
    if (value instanceof YamlValue.Fields fields) {
      return new TestRows.Value.Fields(
          fields.fields().stream()
              .map(
                  field ->
                      new TestRows.Field(
                          new Located<>(field.key().text(), field.key().span()),
                          value(field.value())))
              .toList(),
          fields.span());
    }
    YamlValue.Scalar scalar = (YamlValue.Scalar) value;
    return scalar.isNull()
        ? new TestRows.Value.Nothing(scalar.span())
        : new TestRows.Value.Scalar(scalar.text(), scalar.span());
  }

  private void twice(Located<TableName> table) {
    problems.add(
        Diagnostic.error(
            ProjectCode.DUPLICATE_KEY,
            table.span(),
            "'" + table.value() + "' is given twice",
            "names are compared without regard to case: put the rows together"));
  }

  private void conflict(SourceSpan span, String message, String help) {
    problems.add(Diagnostic.error(ProjectCode.CONFLICTING_KEYS, span, message, help));
  }
}
