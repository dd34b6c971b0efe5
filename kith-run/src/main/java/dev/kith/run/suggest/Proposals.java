package dev.kith.run.suggest;

import dev.kith.model.Located;
import dev.kith.model.TableName;
import dev.kith.model.definition.Check;
import dev.kith.model.definition.DatasetDefinition;
import dev.kith.model.definition.Definition;
import dev.kith.model.definition.Expectation;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.model.definition.SourceDefinition.Requirement;
import dev.kith.model.definition.TableDefinition;
import dev.kith.model.definition.Window;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Primitive;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The checks that the facts of a table suggest, beside those that it has: rules of thumb, each with
 * its reason. Whether the table passes them is for the checks themselves to say.
 */
final class Proposals {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
  private static final List<String> SPANS = List.of("1d", "2d", "3d", "7d", "14d", "1mo");

  private final Definition definition;
  private final TableFacts facts;
  private final Set<String> personal;
  private final Instant asOf;
  private final ZoneId zone;
  private final List<Proposal> found = new ArrayList<>();

  private Proposals(
      Definition definition, TableFacts facts, Set<String> personal, Instant asOf, ZoneId zone) {
    this.definition = definition;
    this.facts = facts;
    this.personal = personal;
    this.asOf = asOf;
    this.zone = zone;
  }

  /**
   * Proposals in the order in which they are to be read.
   *
   * @param personal names of columns whose values must not be shown, in lower case
   * @param targets single columns that name the rows of other tables, by table
   */
  static List<Proposal> of(
      Definition definition,
      TableFacts facts,
      Set<String> personal,
      Instant asOf,
      ZoneId zone,
      Map<TableName, String> targets) {
    Proposals proposals = new Proposals(definition, facts, personal, asOf, zone);
    if (facts.rows() == 0) {
      return List.of();
    }
    proposals.unique();
    proposals.notNull();
    targets.forEach(proposals::relationship);
    proposals.acceptedValues();
    proposals.ranges();
    proposals.freshness();
    proposals.rowCount();
    return proposals.found.stream().filter(proposal -> !proposals.isThere(proposal)).toList();
  }

  /** Two checks of the same name cannot be, and the bounds of one that is there were chosen. */
  private boolean isThere(Proposal proposal) {
    String text = proposal.check().expectation().text();
    return definition.checks().stream()
        .anyMatch(
            check ->
                check.name().equalsIgnoreCase(text)
                    || check.expectation().text().equalsIgnoreCase(text));
  }

  private void unique() {
    List<String> key = key();
    if (!key.isEmpty()) {
      propose(
          new Expectation.Unique(located(key)),
          "the key: one row for each",
          "unique: " + Yaml.list(key, "      ", 12));
      return;
    }
    for (ColumnFacts column : facts.columns()) {
      boolean names =
          column.column().type().isExactNumber()
              || column.column().type() == Primitive.TEXT
              || column.column().type() == Primitive.UUID;
      if (names && column.nulls() == 0 && column.distinct() >= 0.9 * facts.rows()) {
        propose(
            new Expectation.Unique(located(List.of(column.name()))),
            "no value occurs twice, so it can name a row",
            "unique: " + Yaml.scalar(column.name()));
        return;
      }
    }
  }

  /** Of a profile only who people are: measures have their own rules for people without events. */
  private void notNull() {
    List<String> names =
        facts.columns().stream()
            .filter(column -> column.nulls() == 0)
            .map(ColumnFacts::name)
            .filter(name -> !isNeverNull(name))
            .filter(name -> !(definition instanceof ProfileDefinition) || isOfPerson(name))
            .toList();
    if (!names.isEmpty()) {
      propose(
          new Expectation.EachRow(new Requirement.NotNull(located(names), Proposal.NOWHERE)),
          "never empty in " + rows(),
          "not_null: " + Yaml.list(names, "      ", 14));
    }
  }

  /** Whether a check says so already. */
  private boolean isNeverNull(String column) {
    return definition.checks().stream()
        .map(Check::expectation)
        .filter(Expectation.EachRow.class::isInstance)
        .map(Expectation.EachRow.class::cast)
        .filter(each -> each.requirement() instanceof Requirement.NotNull)
        .flatMap(each -> each.columns().stream())
        .anyMatch(named -> named.value().equalsIgnoreCase(column));
  }

  private boolean isOfPerson(String column) {
    ProfileDefinition profile = (ProfileDefinition) definition;
    return profile.key().value().equalsIgnoreCase(column)
        || profile.attributes().stream().anyMatch(one -> one.name().equalsIgnoreCase(column));
  }

  private void relationship(TableName table, String key) {
    Optional<ColumnFacts> column = facts.column(key);
    if (column.isPresent() && column.get().distinct() > 1) {
      propose(
          new Expectation.Relationship(
              located(List.of(column.get().name())),
              new Located<>(table, Proposal.NOWHERE),
              located(List.of(key))),
          "every one is there",
          "relationship: {columns: " + Yaml.scalar(column.get().name()) + ", to: " + table + "}");
    }
  }

  private void acceptedValues() {
    for (ColumnFacts column : facts.columns()) {
      int values = column.values().size();
      if (values >= 2 && facts.rows() >= 10L * values && !isPersonal(column)) {
        found.add(
            Proposal.warning(
                new Expectation.EachRow(
                    new Requirement.AcceptedValues(
                        located(column.name()), column.values(), Proposal.NOWHERE)),
                values + " values cover all rows; a new one may be news, or a mistake",
                "accepted_values: {"
                    + Yaml.scalar(column.name())
                    + ": "
                    + Yaml.list(column.values(), "      ", 26 + column.name().length())
                    + "}"));
      }
    }
  }

  private void ranges() {
    if (definition instanceof ProfileDefinition) {
      return;
    }
    for (ColumnFacts column : facts.columns()) {
      if (column.column().type().isNumber()
          && !isPersonal(column)
          && !isIdentifier(column)
          && !isCount(column)
          && column.min() instanceof Number min
          && column.max() instanceof Number max
          && Double.isFinite(min.doubleValue())
          && Double.isFinite(max.doubleValue())) {
        range(column, decimal(min), decimal(max));
      }
    }
  }

  private void range(ColumnFacts column, BigDecimal min, BigDecimal max) {
    if (min.signum() < 0) {
      return;
    }
    boolean counts = min.signum() > 0 && column.column().type().isExactNumber() && isWhole(column);
    boolean share = !isWhole(column) && max.compareTo(BigDecimal.ONE) <= 0;
    String from = counts ? "1" : "0";
    propose(
        new Expectation.EachRow(
            new Requirement.Range(
                located(column.name()),
                Optional.of(from),
                share ? Optional.of("1") : Optional.empty(),
                Proposal.NOWHERE)),
        "from " + min.toPlainString() + " to " + max.toPlainString(),
        "range: {%s: {min: %s%s}}"
            .formatted(Yaml.scalar(column.name()), from, share ? ", max: 1" : ""));
  }

  private void freshness() {
    Optional<ColumnFacts> column =
        at().flatMap(facts::column).filter(one -> isTime(one.column().type()));
    if (column.isEmpty() || column.get().max() == null) {
      return;
    }
    Instant newest = instant(column.get().max());
    for (String text : SPANS) {
      Window.Span span = (Window.Span) Window.parse(text, Window.Direction.BACK).orElseThrow();
      // Half as much again as it is now, so that one late delivery is no alarm.
      Duration lag = Duration.between(newest, asOf);
      if (!newest
          .minus(lag.isNegative() ? Duration.ZERO : lag.dividedBy(2))
          .isBefore(span.farEnd(asOf, zone))) {
        found.add(
            Proposal.warning(
                new Expectation.Freshness(located(column.get().name()), span),
                "the newest is of %s, as of %s"
                    .formatted(TIME.format(newest.atZone(zone)), TIME.format(asOf.atZone(zone))),
                "freshness: {column: %s, within: %s}"
                    .formatted(Yaml.scalar(column.get().name()), text)));
        return;
      }
    }
  }

  private void rowCount() {
    long half = facts.rows() / 2;
    long unit = (long) Math.pow(10, Math.max(0, Long.toString(half).length() - 2));
    long min = Math.max(1, half / unit * unit);
    found.add(
        Proposal.warning(
            new Expectation.RowCount(Optional.of(min), Optional.empty(), Optional.of(0.2)),
            rows() + " now; a jump, or half of them gone, is worth a look",
            "row_count: {min: " + min + ", change: 20%}"));
  }

  private void propose(Expectation expectation, String why, String yaml) {
    found.add(Proposal.error(expectation, why, yaml));
  }

  private List<String> key() {
    if (definition instanceof ProfileDefinition profile) {
      return List.of(profile.key().value());
    }
    return definition instanceof TableDefinition table
        ? table.key().stream().map(Located::value).toList()
        : List.of();
  }

  /** The time of a row: as defined, or the only column that looks like it. */
  private Optional<String> at() {
    if (definition instanceof ProfileDefinition || definition instanceof DatasetDefinition) {
      return Optional.empty();
    }
    if (definition instanceof TableDefinition table && table.at().isPresent()) {
      return table.at().map(Located::value);
    }
    List<String> times =
        facts.columns().stream()
            .filter(column -> isTime(column.column().type()) && column.nulls() == 0)
            .map(ColumnFacts::name)
            .toList();
    return times.size() == 1 ? Optional.of(times.get(0)) : Optional.empty();
  }

  private boolean isPersonal(ColumnFacts column) {
    return personal.contains(column.name().toLowerCase(Locale.ROOT));
  }

  /** Numbers that only name something have no range worth a check. */
  private boolean isIdentifier(ColumnFacts column) {
    String name = column.name().toLowerCase(Locale.ROOT);
    boolean inKey = key().stream().anyMatch(name::equalsIgnoreCase);
    return name.equals("id")
        || name.endsWith("_id")
        || name.endsWith("_number")
        || name.endsWith("_code")
        || (inKey && column.distinct() > facts.rows() / 2);
  }

  /** A number of rows is never negative. */
  private boolean isCount(ColumnFacts column) {
    String count =
        "\\bcount\\s*\\([^()]*\\)(\\s+filter\\s*\\([^()]*\\))?\\s+as\\s+\"?"
            + Pattern.quote(column.name())
            + "\\b";
    return definition instanceof TableDefinition table
        && Pattern.compile(count, Pattern.CASE_INSENSITIVE).matcher(table.sql().value()).find();
  }

  private static boolean isWhole(ColumnFacts column) {
    DataType type = column.column().type();
    return type == Primitive.INTEGER || type == Primitive.BIGINT;
  }

  private static boolean isTime(DataType type) {
    return type == Primitive.INSTANT || type == Primitive.TIMESTAMP || type == Primitive.DATE;
  }

  private Instant instant(Object value) {
    if (value instanceof Instant instant) {
      return instant;
    }
    return value instanceof LocalDateTime local
        ? local.atZone(zone).toInstant()
        : ((LocalDate) value).atStartOfDay(zone).toInstant();
  }

  private static BigDecimal decimal(Number number) {
    return new BigDecimal(number.toString()).stripTrailingZeros();
  }

  private String rows() {
    return String.format(Locale.ROOT, "%,d row%s", facts.rows(), facts.rows() == 1 ? "" : "s");
  }

  private static Located<String> located(String text) {
    return new Located<>(text, Proposal.NOWHERE);
  }

  private static List<Located<String>> located(List<String> texts) {
    return texts.stream().map(Proposals::located).toList();
  }
}
