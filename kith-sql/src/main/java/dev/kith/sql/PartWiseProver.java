package dev.kith.sql;

import dev.kith.model.SourceSpan;
import dev.kith.model.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Wherever a query looks at several rows of its input at a time, these have to be of one part. By
 * induction over the query: if each table it is made of is the union of what is made of the parts,
 * and what groups or compares rows does so within values that tell the part, then the result is the
 * union of the results over the parts.
 */
final class PartWiseProver {

  private final ParsedQuery query;
  private final TableName input;
  private final Optional<TruncatedTo> period;
  private final RepeatableCheck check;
  private final QueryWalk walk;

  /**
   * @param period the parts are periods of this length, each at least; without, they are values
   */
  PartWiseProver(
      ParsedQuery query,
      Schemas schemas,
      FunctionCatalog functions,
      TableName input,
      Optional<TruncatedTo> period) {
    this.query = query;
    this.input = input;
    this.period = period;
    this.check = new RepeatableCheck(functions);
    this.walk = new QueryWalk(query, schemas, functions, input::equals);
  }

  PartWiseProof prove(List<String> columns) {
    Optional<RepeatableCheck.Objection> objection = check.objection(query.node());
    if (objection.isPresent()) {
      return new PartWiseProof.Refused(
          objection.get().reason(), QueryParser.places(query.text()).of(objection.get().node()));
    }
    Relation result = walk.walk(query.node());
    if (result.inputs().isEmpty() && walk.findings().isEmpty()) {
      return refused("'" + input + "' is not read");
    }
    for (Finding finding : walk.findings()) {
      if (finding.among().isEmpty()) {
        return new PartWiseProof.Refused(finding.reason(), finding.span());
      }
    }
    Map<String, InputPart> told = new LinkedHashMap<>();
    columns.forEach(
        column ->
            result
                .part(column, input)
                .filter(part -> period.map(part::within).orElse(true))
                .ifPresent(part -> told.put(column, part)));
    if (told.isEmpty()) {
      return refused(whyNotTold(columns, result));
    }
    Map<String, InputPart> everywhere = new LinkedHashMap<>(told);
    everywhere.values().removeIf(part -> mixing(part).isPresent());
    if (everywhere.isEmpty()) {
      Map.Entry<String, InputPart> first = told.entrySet().iterator().next();
      Finding finding = mixing(first.getValue()).orElseThrow();
      return new PartWiseProof.Refused(
          finding.reason() + " that differ in '" + first.getKey() + "'", finding.span());
    }
    return new PartWiseProof.Proven(input, everywhere);
  }

  /** Where rows of several parts are looked at together. */
  private Optional<Finding> mixing(InputPart part) {
    return walk.findings().stream()
        .filter(finding -> finding.among().orElseThrow().stream().noneMatch(k -> tells(k, part)))
        .findFirst();
  }

  private boolean tells(InputPart key, InputPart part) {
    return period.map(unit -> key.determines(part, unit)).orElseGet(() -> key.determines(part));
  }

  private String whyNotTold(List<String> columns, Relation result) {
    String column = columns.get(0);
    Optional<TruncatedTo> unit = result.part(column, input).flatMap(InputPart::unit);
    if (unit.isPresent() && period.isPresent()) {
      return "'%s' is known to the %s only, which is longer than the %s of the mode"
          .formatted(column, name(unit.get()), name(period.get()));
    }
    return "'%s' is neither a column of '%s' as it is there nor such a time's day, month or the like"
        .formatted(column, input);
  }

  private static String name(TruncatedTo unit) {
    return unit.name().toLowerCase(Locale.ROOT);
  }

  private PartWiseProof.Refused refused(String reason) {
    SourceSpan whole = query.text().span();
    return new PartWiseProof.Refused(reason, whole);
  }
}
