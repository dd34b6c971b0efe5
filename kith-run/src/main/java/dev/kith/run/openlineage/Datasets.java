package dev.kith.run.openlineage;

import dev.kith.model.definition.ProjectSettings.Connection;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.SourceDefinition.Origin;
import dev.kith.model.definition.SourceDefinition.Relation;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What sources read, by the names that OpenLineage gives to files and databases. */
final class Datasets {

  /**
   * Host and port, and the database; neither user nor password, which may stand before the host.
   */
  private static final Pattern URL =
      Pattern.compile("jdbc:([a-z]+)://(?:[^/?#;]*@)?([^/?#;@]+)/([^/?#;]*).*");

  private Datasets() {}

  /** Something outside of the warehouse. */
  record Dataset(String namespace, String name) {}

  static List<Dataset> of(SourceDefinition source, RunSubject subject) {
    if (source.from() instanceof Origin.Files files) {
      return files.paths().stream()
          .map(path -> new Dataset("file", absolute(path.value(), subject)))
          .toList();
    }
    Origin.Database database = (Origin.Database) source.from();
    String connection = database.connection().value();
    String relation =
        database.relation() instanceof Relation.Table table
            ? table.name().value()
            : source.name() + " (query)";
    Connection known = subject.project().settings().connections().get(connection);
    Matcher url = URL.matcher(known == null ? "" : known.url());
    return List.of(
        url.matches()
            ? new Dataset(
                scheme(url.group(1)) + "://" + url.group(2), url.group(3) + "." + relation)
            : new Dataset(connection, relation));
  }

  private static String absolute(String path, RunSubject subject) {
    return path.startsWith("/") ? path : subject.folder().toAbsolutePath() + "/" + path;
  }

  private static String scheme(String driver) {
    return switch (driver) {
      case "postgresql" -> "postgres";
      case "mariadb" -> "mysql";
      default -> driver;
    };
  }
}
