package dev.kith.project;

import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.Severity;
import dev.kith.model.SourceSpan;
import dev.kith.model.definition.Check;
import dev.kith.model.definition.Expectation;
import dev.kith.model.definition.SourceDefinition.Requirement;
import dev.kith.model.definition.Window;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads {@code checks:} of a table or profile. */
final class CheckReader {

  private final Problems problems;

  CheckReader(Problems problems) {
    this.problems = problems;
  }

  /** Reports what cannot be, two checks of one name too. */
  List<Check> read(Part definition) {
    List<Check> checks = new ArrayList<>();
    for (Part item : definition.items("checks")) {
      checks.addAll(checks(item));
    }
    Set<String> names = new HashSet<>();
    for (Check check : checks) {
      if (!names.add(check.name().toLowerCase(Locale.ROOT))) {
        conflict(
            check.span(),
            "two checks are called '" + check.name() + "'",
            "give one of them a 'name' of its own");
      }
    }
    return checks;
  }

  private List<Check> checks(Part item) {
    List<Located<Expectation>> expectations = expectations(item);
    Optional<String> name = item.string("name");
    if (name.isPresent() && expectations.size() > 1) {
      conflict(
          item.spanOfKey("name"),
          "'%s' would name %d checks".formatted(name.get(), expectations.size()),
          "make an item of each column");
      name = Optional.empty();
    }
    Severity severity =
        item.string("severity").filter("warn"::equals).isPresent()
            ? Severity.WARNING
            : Severity.ERROR;
    List<Check> checks = new ArrayList<>();
    for (Located<Expectation> expectation : expectations) {
      checks.add(
          new Check(
              expectation.value(), severity, name, item.string("description"), expectation.span()));
    }
    return checks;
  }

  private List<Located<Expectation>> expectations(Part item) {
    List<Located<Expectation>> found = new ArrayList<>();
    for (Requirement requirement : new RequirementReader(problems).requirement(item)) {
      found.add(new Located<>(new Expectation.EachRow(requirement), requirement.span()));
    }
    if (item.has("unique")) {
      found.add(of(item, "unique", new Expectation.Unique(item.texts("unique"))));
    }
    item.part("relationship").flatMap(this::relationship).ifPresent(found::add);
    item.part("row_count")
        .map(part -> of(item, "row_count", rowCount(part, item.spanOfKey("row_count"))))
        .ifPresent(found::add);
    item.part("freshness").flatMap(CheckReader::freshness).ifPresent(found::add);
    item.part("distribution").flatMap(this::distribution).ifPresent(found::add);
    item.text("sql").ifPresent(query -> found.add(sql(item, query)));
    return found;
  }

  private static Located<Expectation> of(Part item, String key, Expectation expectation) {
    return new Located<>(expectation, item.spanOfKey(key));
  }

  private Optional<Located<Expectation>> relationship(Part part) {
    List<Located<String>> columns = part.texts("columns");
    List<Located<String>> there = part.texts("to_columns");
    if (!there.isEmpty() && there.size() != columns.size()) {
      conflict(
          part.spanOfKey("to_columns"),
          "%d columns are compared with %d".formatted(columns.size(), there.size()),
          "name as many in 'to_columns' as in 'columns'");
    }
    return part.text("to")
        .map(
            to ->
                new Located<>(
                    new Expectation.Relationship(
                        columns, ProfileReader.table(to), there.isEmpty() ? columns : there),
                    part.spanOfKey("to")));
  }

  private Expectation rowCount(Part part, SourceSpan span) {
    Optional<Long> min = part.string("min").map(Long::parseLong);
    Optional<Long> max = part.string("max").map(Long::parseLong);
    Optional<Double> change = part.string("change").flatMap(Shares::parse);
    if (!part.isGiven("min") && !part.isGiven("max") && !part.isGiven("change")) {
      problems.add(
          Diagnostic.error(
              ProjectCode.INCOMPLETE,
              span,
              "'row_count' has neither 'min' nor 'max' nor 'change'",
              "add one, such as 'min: 1' or 'change: 20%'"));
    }
    if (min.isPresent() && max.isPresent() && min.get() > max.get()) {
      conflict(
          part.spanOfKey("max"),
          "no number is from " + min.get() + " to " + max.get(),
          "swap them");
    }
    return new Expectation.RowCount(min, max, change);
  }

  private static Optional<Located<Expectation>> freshness(Part part) {
    Optional<Window.Span> within =
        part.string("within")
            .flatMap(text -> Window.parse(text, Window.Direction.BACK))
            .map(Window.Span.class::cast);
    return part.text("column")
        .flatMap(
            column ->
                within.map(
                    span -> new Located<>(new Expectation.Freshness(column, span), column.span())));
  }

  private Optional<Located<Expectation>> distribution(Part part) {
    Optional<Double> maxShift = part.string("max_shift").flatMap(Shares::parse);
    if (maxShift.filter(share -> share > 1).isPresent()) {
      problems.add(
          Diagnostic.error(
              ProjectCode.NOT_ACCEPTED,
              part.part("max_shift").orElseThrow().span(),
              "'max_shift' is a part of all rows, so 100% at most",
              "0.1 lets a tenth of the rows move"));
    }
    return part.text("column")
        .flatMap(
            column ->
                maxShift.map(
                    share ->
                        new Located<>(new Expectation.Distribution(column, share), column.span())));
  }

  private Located<Expectation> sql(Part item, Located<String> query) {
    if (!item.isGiven("name")) {
      problems.add(
          Diagnostic.error(
              ProjectCode.INCOMPLETE,
              item.spanOfKey("sql"),
              "a check by 'sql' needs 'name'",
              "add 'name:' with what messages and results shall call it"));
    }
    return new Located<>(
        new Expectation.Sql(new Located<>(query.value().strip(), query.span())),
        item.spanOfKey("sql"));
  }

  private void conflict(SourceSpan span, String message, String help) {
    problems.add(Diagnostic.error(ProjectCode.CONFLICTING_KEYS, span, message, help));
  }
}
