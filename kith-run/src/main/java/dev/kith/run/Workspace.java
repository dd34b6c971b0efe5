package dev.kith.run;

import dev.kith.engine.Engine;
import dev.kith.engine.Session;
import dev.kith.lake.Release;
import dev.kith.lake.RepairReport;
import dev.kith.lake.RunLease;
import dev.kith.lake.Warehouse;
import dev.kith.model.Diagnostic;
import dev.kith.model.KithException;
import dev.kith.model.Problems;
import dev.kith.model.ProjectFaultException;
import dev.kith.model.TableName;
import dev.kith.model.definition.LineageSettings;
import dev.kith.model.definition.Project;
import dev.kith.project.ProjectReader;
import dev.kith.project.ReadResult;
import dev.kith.run.asof.AsOfAnswer;
import dev.kith.run.asof.AsOfQuestion;
import dev.kith.run.attempt.Attempts;
import dev.kith.run.attempt.StopSignal;
import dev.kith.run.build.Surroundings;
import dev.kith.run.change.DefinitionRecords;
import dev.kith.run.check.CheckTables;
import dev.kith.run.difference.DifferenceOptions;
import dev.kith.run.difference.ReleaseComparison;
import dev.kith.run.difference.ReleaseDifference;
import dev.kith.run.difference.SourceKeys;
import dev.kith.run.event.RunListener;
import dev.kith.run.fault.RunCode;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.graph.PersonalColumns;
import dev.kith.run.graph.Sampling;
import dev.kith.run.lineage.LineageGraph;
import dev.kith.run.lineage.ProjectLineage;
import dev.kith.run.openlineage.OpenLineageListener;
import dev.kith.run.openlineage.RunSubject;
import dev.kith.run.plan.Basis;
import dev.kith.run.plan.EventCopies;
import dev.kith.run.plan.InputUses;
import dev.kith.run.plan.PinnedPlan;
import dev.kith.run.plan.Plan;
import dev.kith.run.plan.SourcePlaces;
import dev.kith.run.release.ProjectReleases;
import dev.kith.run.release.ReleaseReference;
import dev.kith.run.testing.TestOutcome;
import dev.kith.run.testing.TestSelection;
import dev.kith.run.testing.TestSuite;
import dev.kith.sql.Answers;
import dev.kith.sql.SqlAnalyzer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A project folder with its warehouse and engine, each opened when it is first needed. What
 * commands do, they do through it. Used by one thread, but for {@link #stop}.
 */
public final class Workspace implements AutoCloseable {

  private final Path folder;
  private final ReadResult definitions;
  private final EngineFactory engines;
  private final Clock clock;
  private final Resources resources;

  private Workspace(Path folder, ReadResult definitions, EngineFactory engines, Clock clock) {
    this.folder = folder;
    this.definitions = definitions;
    this.engines = engines;
    this.clock = clock;
    this.resources = new Resources(folder, project().settings(), engines, clock);
  }

  /**
   * Reads the definitions in a folder; nothing else is touched yet.
   *
   * @param variables the values of environment variables
   * @throws ProjectFaultException if kith.yaml cannot be understood
   */
  public static Workspace open(
      Path folder,
      EngineFactory engines,
      Function<String, Optional<String>> variables,
      Clock clock) {
    return open(folder, engines, variables, clock, Release.PRODUCTION);
  }

  /**
   * As {@link #open(Path, EngineFactory, Function, Clock)}, to work in an environment.
   *
   * @param environment that is read, built and published
   */
  public static Workspace open(
      Path folder,
      EngineFactory engines,
      Function<String, Optional<String>> variables,
      Clock clock,
      String environment) {
    ReadResult definitions =
        Phases.during("definitions", () -> ProjectReader.read(folder, variables, environment));
    if (definitions.project().isEmpty()) {
      throw new ProjectFaultException(definitions.diagnostics());
    }
    return new Workspace(folder, definitions, engines, clock);
  }

  /** That one works in. */
  public String environment() {
    return project().settings().environment().name();
  }

  /**
   * Publishes in production what the environment has built and tested.
   *
   * @throws KithException if production has moved where it matters; nothing has changed then
   */
  public PromotionReport promote() {
    return new Promotion(this).promote();
  }

  /** The environments that there are. */
  public List<EnvironmentInfo> environments() {
    return new EnvironmentListing(warehouse()).all();
  }

  /**
   * Takes the environment away with all its releases.
   *
   * @throws KithException if there is none of the name, or it is production
   */
  public void dropEnvironment() {
    try (RunLease lease = warehouse().leases().acquire("env drop", Duration.ZERO)) {
      lease.check();
      warehouse().releases().dropEnvironment(environment());
    }
  }

  /** The definitions that could be read. */
  public Project project() {
    return definitions.project().orElseThrow();
  }

  /** All that is wrong with the project, in the order of files and lines. */
  public List<Diagnostic> validate() {
    resources.readOnly();
    Problems problems = new Problems();
    problems.addAll(definitions.diagnostics());
    Blueprint blueprint = validation(problems).blueprint();
    var unused =
        TestSuite.of(
            project().tests(),
            blueprint,
            Map.of(),
            folder,
            project().settings().timezone(),
            analyzer(),
            clock,
            problems);
    return problems.all();
  }

  /**
   * Runs tests of the project, without its warehouse and its data.
   *
   * @param names of tests, parts of them, or files in {@code tests/}; all if there are none
   * @param listener sees each test as it is done
   * @return how each went, in the order of files
   * @throws ProjectFaultException if a definition or a test is wrong; nothing has been run then
   * @throws KithException if there is no test of a name
   */
  public List<TestOutcome> test(List<String> names, Consumer<TestOutcome> listener) {
    return new Testing(this, engines).run(TestSelection.of(project().tests(), names), listener);
  }

  /**
   * Reads what is new, builds what is out of date, and publishes it.
   *
   * @throws ProjectFaultException if a definition is wrong; nothing has been read then
   * @throws KithException if it fails; nothing has been published then
   */
  public RunReport run(RunOptions options, RunListener listener) {
    return telling(listener, run -> new Runner(this, options.in(environment()), run).run());
  }

  /**
   * Builds a range of days in order, a release for each. What was done before is not done again.
   *
   * @param options without a day of its own
   * @throws ProjectFaultException if a definition is wrong; nothing has been read then
   * @throws KithException if a day fails; those before it are published
   */
  public BackfillReport run(DayRange range, RunOptions options, RunListener listener) {
    return new Backfill(this, range, options.in(environment()), listener).run();
  }

  /** Does a run so that those hear of it who collect lineage. */
  RunReport telling(RunListener listener, Function<RunListener, RunReport> run) {
    Optional<LineageSettings> lineage = project().settings().lineage();
    return lineage.isPresent() ? told(lineage.get(), listener, run) : run.apply(listener);
  }

  private RunReport told(
      LineageSettings settings, RunListener listener, Function<RunListener, RunReport> run) {
    RunSubject subject =
        new RunSubject(settings, project(), folder, this::lineage, Versioning.kith(), clock);
    try (OpenLineageListener told = OpenLineageListener.begin(subject, listener)) {
      try {
        RunReport report = run.apply(told);
        told.completed();
        return report;
      } catch (RuntimeException fault) {
        told.failed(fault);
        throw fault;
      }
    }
  }

  /**
   * What a run with these options would do; nothing is written.
   *
   * @throws ProjectFaultException if a definition is wrong
   */
  public PlannedRun plan(RunOptions options) {
    resources.readOnly();
    Problems problems = new Problems();
    Blueprint blueprint = blueprint(problems);
    return planned(options.in(environment()), blueprint, problems);
  }

  /** What {@link #run(DayRange, RunOptions, RunListener)} would do; nothing is written. */
  public PlannedRange plan(DayRange range, RunOptions options) {
    resources.readOnly();
    Problems problems = new Problems();
    Blueprint blueprint = blueprint(problems);
    RunOptions here = options.in(environment());
    RangeProgress progress = new Planning(this, blueprint, here).progress(range);
    return new PlannedRange(progress, planned(here.asOf(progress.next()), blueprint, problems));
  }

  private PlannedRun planned(RunOptions options, Blueprint blueprint, Problems problems) {
    Plan plan = new Planning(this, blueprint, options).plan();
    return new PlannedRun(
        plan,
        PinnedPlan.of(
            project().settings().name(),
            plan,
            options.selection(),
            options.fullRefresh(),
            blueprint,
            project().settings().timezone()),
        problems.all(),
        releases().paused(options.environment()));
  }

  /**
   * Where all columns come from, by the definitions as they are now.
   *
   * @throws ProjectFaultException if a definition is wrong
   */
  public LineageGraph lineage() {
    resources.readOnly();
    Problems problems = new Problems();
    Blueprint blueprint = blueprint(problems);
    return ProjectLineage.of(blueprint, analyzer());
  }

  /**
   * What was published last, whole, for as long as the reader is open.
   *
   * @throws KithException with {@link RunCode#NOTHING_PUBLISHED}
   */
  public ReleaseReader reader() {
    boolean failedFirst =
        releases().current(environment()).isEmpty()
            && CheckTables.exist(warehouse(), environment());
    return failedFirst ? reader(ReleaseReader.nothing(environment())) : reader(current());
  }

  /**
   * A release, whole, for as long as the reader is open.
   *
   * @throws KithException if it is not there, with what is kept
   */
  public ReleaseReader reader(ReleaseReference reference) {
    return reader(releases().find(reference));
  }

  /**
   * How people were at instants: the rows of a question, or of a dataset, with columns as a run at
   * each row's instant would have published them, from what the current release has.
   *
   * @param name of a profile or a dataset
   * @throws ProjectFaultException if a definition or the rows' query is wrong
   * @throws KithException if the rows do not fit, or the release cannot tell; with what to do
   */
  public AsOfAnswer asOf(TableName name, AsOfQuestion question) {
    return new PointInTime(this).answer(name, question);
  }

  private ReleaseReader reader(Release release) {
    return new ReleaseReader(
        release,
        warehouse(),
        engine().open(project().settings().timezone()),
        analyzer(),
        sampling());
  }

  /**
   * How a release differs from an earlier one, or from one of another environment.
   *
   * @throws KithException if a release or table is not there
   */
  public ReleaseDifference diff(
      ReleaseReference before, ReleaseReference after, DifferenceOptions options) {
    Release first = releases().find(before);
    Release second = releases().find(after);
    try (Session session = engine().open(project().settings().timezone())) {
      return new ReleaseComparison(
              warehouse(),
              session,
              SourceKeys.of(project()),
              PersonalColumns.of(project()),
              options)
          .compare(first, second);
    }
  }

  /** What readers of the environment see. */
  private ReleaseReference current() {
    return ReleaseReference.current(environment());
  }

  /**
   * Frees what neither readers nor the next run need.
   *
   * @param grace how old a file must be that nothing refers to
   * @param dryRun only says what would go
   * @throws ProjectFaultException if a definition is wrong: what it needs would not be known
   */
  public CleaningReport clean(Duration grace, boolean dryRun) {
    return new Cleaning(this).clean(grace, dryRun);
  }

  /** Makes the metadata database anew from the files of the warehouse, or mends it by them. */
  public RepairReport repair() {
    return resources.repair();
  }

  /** What was published, and how that came about. */
  public ProjectReleases releases() {
    return new ProjectReleases(warehouse(), clock);
  }

  /**
   * Holds a release against the checks of the definitions as they are now; builds nothing. Results
   * are kept.
   *
   * @throws ProjectFaultException if a check does not fit the columns that the release has
   * @throws KithException with {@link RunCode#NOTHING_PUBLISHED}, or for names that cannot be found
   */
  public CheckReport check(CheckOptions options, RunListener listener) {
    return new ReleaseCheck(this, options, listener).run();
  }

  /**
   * Looks at a table or profile of the current release and proposes checks, as YAML.
   *
   * @throws ProjectFaultException if the project has faults
   * @throws KithException if there is no such table
   */
  public String suggestChecks(TableName name) {
    return new Suggesting(this).yaml(name);
  }

  /** What a run builds on, as things are now. */
  Basis basis() {
    return Basis.of(warehouse().releases(), environment());
  }

  /** Where the rows of sources are, as things are now. */
  SourcePlaces places() {
    return new SourcePlaces(warehouse(), basis(), project().settings());
  }

  Sampling sampling() {
    return Sampling.of(project());
  }

  /** What tables use of their inputs. */
  InputUses uses(Blueprint blueprint) {
    return new InputUses(blueprint, analyzer(), sampling(), project().settings().timezone());
  }

  /** The copies of events that profiles ask for. */
  EventCopies copies(Blueprint blueprint) {
    return new EventCopies(
        warehouse(), blueprint.relations(), sampling(), project().settings().timezone());
  }

  /** What definitions said by which tables were built. */
  DefinitionRecords definitions() {
    return new DefinitionRecords(
        warehouse().definitions(), analyzer(), project().settings().timezone(), sampling());
  }

  /**
   * The project as a whole.
   *
   * @param problems gets what is no more than a warning
   * @throws ProjectFaultException if a definition is wrong
   */
  Blueprint blueprint(Problems problems) {
    return blueprint(problems, Attempts.single());
  }

  /** As {@link #blueprint(Problems)}, where what fails outside may be tried again. */
  Blueprint blueprint(Problems problems, Attempts attempts) {
    problems.addAll(definitions.diagnostics());
    Blueprint blueprint = validation(problems, attempts).blueprint();
    problems.throwIfErrors();
    return blueprint;
  }

  Validation validation(Problems problems) {
    return validation(problems, Attempts.single());
  }

  Validation validation(Problems problems, Attempts attempts) {
    return new Validation(this, definitions.broken(), problems, attempts);
  }

  Set<TableName> broken() {
    return definitions.broken();
  }

  List<Diagnostic> faultsOfReading() {
    return definitions.diagnostics();
  }

  Surroundings surroundings() {
    return new Surroundings(
        warehouse(), engine(), folder, project().settings(), sampling(), clock, stopSignal());
  }

  /**
   * Lets a run end soon, with {@link RunCode#STOPPED} if it has not published yet; alone of all
   * methods, this one may be called from any thread.
   */
  public void stop() {
    resources.stop();
  }

  StopSignal stopSignal() {
    return resources.stopSignal();
  }

  Path folder() {
    return folder;
  }

  Clock clock() {
    return clock;
  }

  Warehouse warehouse() {
    return resources.warehouse();
  }

  Engine engine() {
    return resources.engine();
  }

  Answers answers() {
    return resources.answers();
  }

  SqlAnalyzer analyzer() {
    return resources.analyzer();
  }

  @Override
  public void close() {
    resources.close();
  }
}
