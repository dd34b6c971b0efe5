package dev.kith;

import dev.kith.model.Diagnostic;
import dev.kith.model.TableName;
import dev.kith.run.RunOptions;
import dev.kith.run.TableInfo;
import dev.kith.run.Workspace;
import dev.kith.run.asof.AsOfQuestion;
import dev.kith.run.event.RunListener;
import dev.kith.run.release.ReleaseReference;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * A project folder, to be planned, run and read; what the {@code kith} command does, it does with
 * this.
 *
 * <pre>{@code
 * try (Kith kith = Kith.open(Path.of("shop"))) {
 *   kith.run();
 *   System.out.println(kith.show("customer", 1));
 * }
 * }</pre>
 *
 * <p>Faults of definitions and queries are thrown as {@link dev.kith.model.ProjectFaultException},
 * which holds all of them with their places; what fails at run time is a {@link
 * dev.kith.model.KithException} with a code, and most often with help. Used by one thread, but for
 * {@link #stop}; several may be open at once, also of one folder.
 */
public final class Kith implements AutoCloseable {

  private final Workspace workspace;

  private Kith(Workspace workspace) {
    this.workspace = workspace;
  }

  /**
   * Reads the definitions of a project; nothing else is touched yet.
   *
   * @param folder that has a kith.yaml
   * @throws dev.kith.model.ProjectFaultException if kith.yaml cannot be understood
   */
  public static Kith open(Path folder) {
    return open(folder, OpenOptions.DEFAULT);
  }

  /** As {@link #open(Path)}, for example to work in an environment. */
  public static Kith open(Path folder, OpenOptions options) {
    return new Kith(
        Workspace.open(
            folder, Engines::open, options.variables(), options.clock(), options.environment()));
  }

  /** The project's zone: windows of days end there at midnight. */
  public ZoneId zone() {
    return workspace.project().settings().timezone();
  }

  /** All that is wrong with the definitions, in the order of files and lines; maybe nothing. */
  public List<Diagnostic> validate() {
    return workspace.validate();
  }

  /** What {@link #run()} would do; nothing is written. */
  public Plan plan() {
    return plan(RunOptions.DEFAULT);
  }

  /** What a run with these options would do; nothing is written. */
  public Plan plan(RunOptions options) {
    return Plans.of(workspace.plan(options), zone());
  }

  /**
   * Reads what is new, builds what is out of date, checks it, and publishes all of it at once.
   *
   * @throws dev.kith.model.KithException if anything fails, a check for example: nothing has been
   *     published then
   */
  public RunResult run() {
    return run(RunOptions.DEFAULT);
  }

  /** As {@link #run()}, of some tables or for another day, for example. */
  public RunResult run(RunOptions options) {
    return run(options, event -> {});
  }

  /**
   * As {@link #run(RunOptions)}, while a listener hears what happens; with {@link
   * RunOptions#watched} also how far it is.
   */
  public RunResult run(RunOptions options, RunListener listener) {
    return RunResult.of(workspace.run(options, listener));
  }

  /**
   * What readers see now, whole: what is published meanwhile does not change it.
   *
   * @throws dev.kith.model.KithException if nothing was published yet
   */
  public Published published() {
    return new Published(workspace.project(), workspace.reader());
  }

  /** As {@link #published()}, of an earlier release or of another environment. */
  public Published published(ReleaseReference release) {
    return new Published(workspace.project(), workspace.reader(release));
  }

  /** The tables of {@link #published()}. */
  public List<TableInfo> tables() {
    try (Published published = published()) {
      return published.tables();
    }
  }

  /** The rows of a query over {@link #published()}. */
  public Result query(String sql) {
    Published published = published();
    try {
      return published.query(sql).closing(published);
    } catch (RuntimeException fault) {
      published.close();
      throw fault;
    }
  }

  /**
   * The profile of one person, from {@link #published()}.
   *
   * @param key as text, or in the type of the profile's key
   */
  public Optional<Row> show(String profile, Object key) {
    try (Published published = published()) {
      return published.show(profile, key);
    }
  }

  /**
   * The rows of a dataset: people as they were at instants, and what came after.
   *
   * @param dataset that is defined in the project; it need not be a table
   */
  public AsOfResult asOf(String dataset) {
    return asOf(dataset, AsOfQuestion.AS_DEFINED);
  }

  /**
   * How people were at instants, with the columns of a profile or a dataset.
   *
   * @param name of a profile or a dataset
   */
  public AsOfResult asOf(String name, AsOfQuestion question) {
    return new AsOfResult(workspace.asOf(TableName.parse(name), question));
  }

  /** What else the command can do; its types may change from version to version. */
  public Workspace workspace() {
    return workspace;
  }

  /** Lets a run or a query end soon; alone of all methods, to be called from any thread. */
  public void stop() {
    workspace.stop();
  }

  @Override
  public void close() {
    workspace.close();
  }
}
