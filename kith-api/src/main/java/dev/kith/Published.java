package dev.kith;

import dev.kith.engine.ExportFormat;
import dev.kith.engine.Rows;
import dev.kith.model.KithException;
import dev.kith.model.Suggestion;
import dev.kith.model.TableName;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.model.definition.Project;
import dev.kith.run.ReleaseReader;
import dev.kith.run.TableInfo;
import dev.kith.run.fault.RunCode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One whole release, for as long as this is open: whatever is published meanwhile, it stays. */
public final class Published implements AutoCloseable {

  private final Project project;
  private final ReleaseReader reader;

  Published(Project project, ReleaseReader reader) {
    this.project = project;
    this.reader = reader;
  }

  /** Which one it is. */
  public Release release() {
    return Release.of(reader.release());
  }

  /** What can be read, by name. */
  public List<TableInfo> tables() {
    return reader.tables();
  }

  /**
   * The rows of a query over the release; they have to be closed before this is.
   *
   * @param sql a SELECT in DuckDB's dialect
   * @throws dev.kith.model.ProjectFaultException with what is wrong with the query
   */
  public Result query(String sql) {
    ReleaseReader.Prepared prepared = reader.prepare(sql);
    return new Result(
        new Result.Source() {
          @Override
          public Rows rows() {
            return prepared.rows();
          }

          @Override
          public long export(Path file, ExportFormat format) {
            return prepared.export(file, format);
          }
        });
  }

  /**
   * The profile of one person; nothing if there is none.
   *
   * @param key as text, or in the type of the profile's key
   * @throws KithException if there is no such profile
   */
  public Optional<Row> show(String profile, Object key) {
    try (Rows rows = reader.lookup(profile(profile), key.toString())) {
      return rows.next() ? Optional.of(Row.of(rows)) : Optional.empty();
    }
  }

  /** The instant of a profile of the release. */
  public Optional<Instant> asOf(String profile) {
    return reader.asOf(TableName.parse(profile));
  }

  private ProfileDefinition profile(String name) {
    List<ProfileDefinition> profiles = project.profiles();
    return profiles.stream()
        .filter(profile -> profile.name().toString().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> unknown(name, profiles));
  }

  private static KithException unknown(String name, List<ProfileDefinition> profiles) {
    List<String> names = profiles.stream().map(profile -> profile.name().toString()).toList();
    return KithException.usage(RunCode.UNKNOWN_TABLE, name, "Cannot find a profile named: " + name)
        .withHelp(
            Suggestion.didYouMean(name, names)
                .orElse(
                    names.isEmpty()
                        ? "this project defines none"
                        : "there is " + String.join(", ", names)));
  }

  @Override
  public void close() {
    reader.close();
  }
}
