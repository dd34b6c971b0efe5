package dev.kith.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.measures.RandomHistory.Release;
import dev.kith.model.TableName;
import dev.kith.sql.SqlAnalyzer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A profile that is built for the first of some releases and only updated for each later one, held
 * against what it means every time, as is the table of its changes. Beside, it is computed in the
 * other ways that there are.
 */
final class UpdatedProfile {

  /** How the rows of a release are computed. */
  enum Way {
    FULL,
    TOUCHED,
    DELTA
  }

  /** How much there was to do, and was done. */
  static final class Effort {
    long projects;
    long releases;
    long rows;
    long touched;
    long grown;
    long amended;
    long kept;
    long keptWhole;

    void add(Effort other) {
      projects += other.projects;
      releases += other.releases;
      rows += other.rows;
      touched += other.touched;
      grown += other.grown;
      amended += other.amended;
      kept += other.kept;
      keptWhole += other.keptWhole;
    }
  }

  /** That a row is there in a release. */
  private static final String THERE = "born <= %1$s AND gone > %1$s";

  private final Duck duck;
  private final ReleaseSequence sequence;
  private final RandomCase data;
  private final ProfilePlan lastPlan;
  private ProfilePlan plan;
  private boolean hasState;
  private final Coverage coverage;
  private final Effort effort;

  /** What the release before should hold, and what it holds. */
  private Map<Long, Map<String, @Nullable Object>> expectedBefore = Map.of();

  private Map<Long, Map<String, @Nullable Object>> before = Map.of();

  UpdatedProfile(
      Duck duck, SqlAnalyzer analyzer, ReleaseSequence sequence, Coverage coverage, Effort effort) {
    this.duck = duck;
    this.sequence = sequence;
    this.data = sequence.data();
    this.lastPlan = sequence.plan(sequence.profile(), analyzer);
    this.plan =
        sequence.change().isPresent() ? sequence.plan(sequence.profile(0), analyzer) : lastPlan;
    this.coverage = coverage;
    this.effort = effort;
  }

  void check() throws Exception {
    effort.projects++;
    List<String> statements = new ArrayList<>(Duck.settings(data.zone, sequence.optimised()));
    statements.addAll(inputs());
    duck.execute(statements);
    for (int number = 0; number < sequence.releases().size(); number++) {
      effort.releases++;
      if (number > 0 && sequence.profile(number) != sequence.profile(number - 1)) {
        amend(number - 1);
      }
      Map<Long, Map<String, @Nullable Object>> expected = expected(number);
      Way way = follows(number) ? Way.DELTA : Way.FULL;
      if (number == 0) {
        build(number);
      } else {
        switch (release(number).beside()) {
          case FULL -> compare(Way.FULL, number, whole(number), expected);
          case TOUCHED -> compare(Way.TOUCHED, number, touched(number), expected);
          case DELTA -> {}
        }
        update(number);
      }
      Map<Long, Map<String, @Nullable Object>> after =
          compare(way, number, duck.rows("FROM " + rows(number), plan.schema()), expected);
      if (number > 0) {
        compareChanges(number, after);
        noteChanges(number, expected);
      }
      expectedBefore = expected;
      before = after;
    }
  }

  private Release release(int number) {
    return sequence.releases().get(number);
  }

  /** State follows forwards only. */
  private boolean follows(int number) {
    return number > 0 && hasState && !release(number).at().isBefore(release(number - 1).at());
  }

  /** All rows that there ever are, each once, and what updates find of them in each release. */
  private List<String> inputs() {
    List<String> statements = new ArrayList<>();
    List<List<Event>> events = sequence.releases().stream().map(Release::events).toList();
    for (String table : data.tables()) {
      List<String> rows =
          Lifetime.of(events).stream()
              .filter(life -> life.row().table().equals(table))
              .map(life -> life.values(life.row().row(data.atType, data.zone)))
              .toList();
      statements.addAll(log(table, data.eventSchema(), rows));
    }
    List<String> versions =
        Lifetime.of(sequence.releases().stream().map(Release::versions).toList()).stream()
            .map(life -> life.values(life.row().row()))
            .toList();
    statements.addAll(log("people", RandomCase.PEOPLE_SCHEMA, versions));
    Set<TableName> inputs = new LinkedHashSet<>(plan.inputs());
    inputs.addAll(lastPlan.inputs());
    for (TableName input : inputs) {
      statements.add(view(CompiledUpdate.all(input), input, THERE));
      statements.add(view(CompiledUpdate.before(input), input, "born < %1$s AND gone >= %1$s"));
      statements.add(view(CompiledUpdate.came(input), input, "born = %s"));
      statements.add(view(CompiledUpdate.went(input), input, "gone = %s"));
    }
    return statements;
  }

  private static List<String> log(String table, String columns, List<String> rows) {
    List<String> statements = new ArrayList<>();
    statements.add(
        "CREATE OR REPLACE TEMP TABLE log_of_%s (%s, born INTEGER, gone INTEGER)"
            .formatted(table, columns));
    if (!rows.isEmpty()) {
      statements.add("INSERT INTO log_of_" + table + " VALUES " + String.join(", ", rows));
    }
    return statements;
  }

  private static String view(TableName name, TableName input, String condition) {
    return "CREATE OR REPLACE TEMP VIEW " + name.quoted() + " AS " + rows(input, condition);
  }

  /**
   * @param condition with a place for the number of the release
   */
  private static String rows(TableName input, String condition) {
    return "SELECT * EXCLUDE (born, gone) FROM log_of_%s WHERE %s"
        .formatted(input, condition.formatted("getvariable('release')"));
  }

  /** Has what updates find of the inputs be that of a release. */
  private static String turn(int number) {
    return "SET VARIABLE release = " + number;
  }

  /** Has everybody's rows of a release be those of the inputs. */
  private List<String> everything(int number) {
    List<String> statements = new ArrayList<>();
    statements.add(turn(number));
    plan.inputs().forEach(input -> statements.add(Duck.table(input.quoted(), rows(input, THERE))));
    return statements;
  }

  private void build(int number) throws Exception {
    List<String> statements = everything(number);
    CompiledQuery query =
        AsOfCompiler.compileKeeping(plan, new Instants.Single(release(number).at()), data.zone);
    query.steps().forEach(step -> statements.addAll(made(step)));
    statements.add(Duck.table(rows(number), query.sql()));
    duck.execute(statements);
    hasState = true;
  }

  private static List<String> made(CompiledQuery.Step step) {
    List<String> statements = new ArrayList<>();
    statements.add(Duck.table(step.name(), step.sql()));
    if (step.state().isPresent()) {
      statements.addAll(kept(step));
    }
    return statements;
  }

  /**
   * Has the rows of a release, and the state that they have, be those of the last definition. The
   * inputs of which nothing should be computed are not there.
   */
  private void amend(int number) throws Exception {
    Map<String, String> kept = keptBefore();
    List<String> taken =
        lastPlan.schema().names().stream()
            .filter(name -> plan.column(name).isPresent())
            .filter(name -> plan.canonical(List.of(name)).equals(lastPlan.canonical(List.of(name))))
            .toList();
    CompiledAmendment amendment =
        AmendmentCompiler.compile(lastPlan, taken, kept.keySet(), release(number).at(), data.zone);
    List<String> statements = new ArrayList<>(everything(number));
    for (TableName input : lastPlan.inputs()) {
      statements.add(
          amendment.inputs().contains(input)
              ? Duck.table(input.quoted(), rows(input, THERE))
              : "DROP TABLE IF EXISTS " + input.quoted());
    }
    // By way of other names, since a step may have the name that another one had.
    kept.values().forEach(step -> statements.add(Duck.table("old_" + step, "FROM " + state(step))));
    kept.forEach(
        (step, old) -> {
          statements.add(Duck.table(step, "FROM old_" + old));
          statements.add(Duck.table(state(step), "FROM old_" + old));
        });
    amendment.rows().steps().forEach(step -> statements.addAll(made(step)));
    statements.add(Duck.table(CompiledUpdate.BEFORE.quoted(), "FROM " + rows(number)));
    statements.add(Duck.table(rows(number), amendment.rows().sql()));
    duck.execute(statements);
    hasState = !kept.isEmpty();
    effort.amended++;
    effort.kept += kept.isEmpty() ? 0 : 1;
    effort.keptWhole += amendment.inputs().isEmpty() ? 1 : 0;
    plan = lastPlan;
    expectedBefore = expected(number, sequence.profile());
    before =
        compare(
            Way.DELTA, number, duck.rows("FROM " + rows(number), plan.schema()), expectedBefore);
  }

  /** The steps of the last definition whose rows are kept already, each with its name before. */
  private Map<String, String> keptBefore() {
    Map<String, String> kept = new LinkedHashMap<>();
    for (KeptStep step : KeptStep.of(lastPlan)) {
      KeptStep.of(plan).stream()
          .filter(before -> before.meaning().equals(step.meaning()))
          .filter(before -> before.part().equals(step.part()))
          .forEach(before -> kept.put(step.name(), before.name()));
    }
    return kept;
  }

  private static String state(String step) {
    return CompiledUpdate.state(step).quoted();
  }

  static List<String> kept(CompiledQuery.Step step) {
    String columns =
        step.state().orElseThrow().columns().stream()
            .map(column -> column.quotedName() + " " + column.type().sql())
            .collect(Collectors.joining(", "));
    String state = CompiledUpdate.state(step.name()).quoted();
    return List.of(
        "CREATE OR REPLACE TEMP TABLE " + state + " (" + columns + ")",
        "INSERT INTO " + state + " BY NAME SELECT * FROM " + step.name());
  }

  private List<Map<String, @Nullable Object>> whole(int number) throws Exception {
    CompiledQuery query =
        AsOfCompiler.compile(plan, new Instants.Single(release(number).at()), data.zone);
    List<String> statements = everything(number);
    query.steps().forEach(step -> statements.add(Duck.table(step.name(), step.sql())));
    duck.execute(statements);
    return duck.rows(query.sql(), plan.schema());
  }

  private List<Map<String, @Nullable Object>> touched(int number) throws Exception {
    CompiledUpdate update =
        UpdateCompiler.compile(plan, release(number - 1).at(), release(number).at(), data.zone);
    List<String> statements = new ArrayList<>(List.of(turn(number)));
    statements.addAll(steps(update));
    duck.execute(statements);
    if (number % 4 == 1) {
      effort.rows += RandomCase.PEOPLE;
      effort.touched += duck.rows(CompiledUpdate.KEYS).size();
    }
    return duck.rows(everybody(update, number), plan.schema());
  }

  private void update(int number) throws Exception {
    if (!follows(number)) {
      build(number);
      return;
    }
    Set<TableName> growing = number % 2 == 0 ? Set.of() : growing(number);
    effort.grown += growing.isEmpty() ? 0 : 1;
    CompiledUpdate update =
        DeltaCompiler.compile(
            plan, release(number - 1).at(), release(number).at(), data.zone, growing);
    List<String> statements = new ArrayList<>(List.of(turn(number)));
    statements.addAll(steps(update));
    statements.add(Duck.table(rows(number), everybody(update, number)));
    for (StateChange change : update.state()) {
      statements.addAll(followed(change));
      if (number % 3 == 2) {
        statements.addAll(condensed(change));
      }
    }
    duck.execute(statements);
  }

  /** The tables of events that have all rows of the release before. */
  private Set<TableName> growing(int number) {
    List<Event> gone = Lifetime.less(release(number - 1).events(), release(number).events());
    Set<TableName> growing = new LinkedHashSet<>();
    for (String table : data.tables()) {
      if (gone.stream().noneMatch(event -> event.table().equals(table))) {
        growing.add(TableName.of(table));
      }
    }
    return growing;
  }

  private String everybody(CompiledUpdate update, int number) {
    return everybody(update).replace(CompiledUpdate.BEFORE.quoted(), rows(number - 1));
  }

  /** The table of a release's rows; those of the one before are kept as well. */
  private static String rows(int number) {
    return "rows_" + number % 2;
  }

  /** All that comes before {@link #everybody}. */
  static List<String> steps(CompiledUpdate update) {
    List<String> statements = new ArrayList<>();
    update.first().forEach(step -> statements.add(Duck.table(step.name(), step.sql())));
    update
        .inputs()
        .forEach(
            (name, parts) -> statements.add(Duck.table(name.quoted(), InputPart.together(parts))));
    update.rows().steps().forEach(step -> statements.add(Duck.table(step.name(), step.sql())));
    return statements;
  }

  static String everybody(CompiledUpdate update) {
    String others =
        update
            .others()
            .orElse(
                "SELECT * FROM %s WHERE person NOT IN (%s)"
                    .formatted(CompiledUpdate.BEFORE.quoted(), CompiledUpdate.KEYS));
    return update.rows().sql() + "\nUNION ALL " + others;
  }

  static List<String> followed(StateChange change) {
    String state = CompiledUpdate.state(change.step()).quoted();
    List<String> statements = new ArrayList<>();
    change
        .replaced()
        .ifPresent(
            keys -> statements.add("DELETE FROM " + state + " WHERE kith_key IN (" + keys + ")"));
    statements.add("INSERT INTO " + state + " BY NAME " + change.rows());
    return statements;
  }

  static List<String> condensed(StateChange change) {
    String state = CompiledUpdate.state(change.step()).quoted();
    return change
        .condensed()
        .map(
            rows ->
                List.of(
                    Duck.table("kith_added", rows),
                    "DELETE FROM " + state,
                    "INSERT INTO " + state + " BY NAME SELECT * FROM kith_added"))
        .orElse(List.of());
  }

  /** By person, for those who exist. */
  private Map<Long, Map<String, @Nullable Object>> expected(int number) {
    return expected(number, sequence.profile(number));
  }

  private Map<Long, Map<String, @Nullable Object>> expected(int number, RandomProfile profile) {
    Release release = release(number);
    Map<Long, Map<String, @Nullable Object>> expected = new LinkedHashMap<>();
    for (long person = 1; person <= RandomCase.PEOPLE; person++) {
      if (data.exists(release.events(), release.versions(), person, release.at())) {
        expected.put(
            person,
            profile.expected(release.events(), release.versions(), person, release.at(), coverage));
      }
    }
    return expected;
  }

  /** Returns the rows by person. */
  private Map<Long, Map<String, @Nullable Object>> compare(
      Way way,
      int number,
      List<Map<String, @Nullable Object>> rows,
      Map<Long, Map<String, @Nullable Object>> expected) {
    Map<Long, Map<String, @Nullable Object>> byPerson = new LinkedHashMap<>();
    for (Map<String, @Nullable Object> row : rows) {
      Long person = (Long) Objects.requireNonNull(row.get("person"));
      assertThat(byPerson.put(person, row)).as("second row of %s", person).isNull();
    }
    assertThat(byPerson.keySet())
        .as("people in release %s, %s", number, way)
        .isEqualTo(expected.keySet());
    byPerson.forEach(
        (person, row) ->
            row.forEach(
                (column, value) -> {
                  Object wanted = Objects.requireNonNull(expected.get(person)).get(column);
                  if (!column.equals("person") && !RandomProfile.alike(wanted, value)) {
                    throw new AssertionError(
                        "%s of %s in release %s, %s: expected %s, got %s"
                            .formatted(column, person, number, way, wanted, value));
                  }
                }));
    sequence.profile(number).functions().forEach(function -> coverage.note(function, way));
    return byPerson;
  }

  private void compareChanges(int number, Map<Long, Map<String, @Nullable Object>> after)
      throws Exception {
    ChangedRows changes = new ChangedRows(Optional.of(plan.schema()), plan.schema());
    String sql =
        changes
            .sql()
            .replace(ChangedRows.BEFORE.quoted(), rows(number - 1))
            .replace(ChangedRows.AFTER.quoted(), rows(number));
    Map<Long, List<Object>> actual = new LinkedHashMap<>();
    for (Map<String, @Nullable Object> row : duck.rows(sql, changes.schema())) {
      List<Object> what = new ArrayList<>();
      row.values().stream().skip(1).filter(Objects::nonNull).forEach(what::add);
      actual.put((Long) Objects.requireNonNull(row.get("person")), what);
    }
    assertThat(actual).as("changes of release %s", number).isEqualTo(Differences.of(before, after));
  }

  /** That a move of the instant and the edits of rows told on the values of an aggregate. */
  private void noteChanges(int number, Map<Long, Map<String, @Nullable Object>> expected) {
    Release release = release(number);
    for (RandomBlock block : sequence.profile(number).blocks()) {
      block
          .specs()
          .forEach(
              (name, spec) -> {
                if (block.windows().stream()
                    .map(window -> RandomProfile.column(name, window))
                    .anyMatch(column -> differs(column, expected))) {
                  coverage.note(spec.function(), release.move());
                  release.edits().stream()
                      .distinct()
                      .forEach(edit -> coverage.note(spec.function(), edit));
                }
              });
    }
  }

  private boolean differs(String column, Map<Long, Map<String, @Nullable Object>> expected) {
    return expected.entrySet().stream()
        .anyMatch(
            row -> {
              Map<String, @Nullable Object> old = expectedBefore.get(row.getKey());
              return old != null
                  && !RandomProfile.alike(old.get(column), row.getValue().get(column));
            });
  }
}
