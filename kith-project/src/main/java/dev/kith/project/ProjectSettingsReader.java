package dev.kith.project;

import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.definition.LineageSettings;
import dev.kith.model.definition.LineageSettings.Target;
import dev.kith.model.definition.ProjectSettings;
import dev.kith.model.definition.ProjectSettings.AsOfDefault;
import dev.kith.model.definition.ProjectSettings.Connection;
import dev.kith.model.definition.ProjectSettings.Keep;
import dev.kith.model.definition.ProjectSettings.Resources;
import dev.kith.model.definition.ProjectSettings.Retries;
import dev.kith.model.definition.ProjectSettings.Secret;
import dev.kith.model.definition.Window;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes the settings of a checked {@code kith.yaml}. */
final class ProjectSettingsReader {

  static final ZoneId DEFAULT_ZONE = ZoneId.of("UTC");

  private final Environment environment;
  private final String name;
  private final Problems problems;

  /**
   * @param name of the environment that one works in
   */
  ProjectSettingsReader(Environment environment, String name, Problems problems) {
    this.environment = environment;
    this.name = name;
    this.problems = problems;
  }

  /** Whether the file is of a version of the format that this Kith reads; if not, that is all. */
  static boolean isSupported(YamlValue value, Problems problems) {
    if (!(value instanceof YamlValue.Fields fields)
        || !(fields.field("kith").map(YamlValue.Field::value).orElse(null)
            instanceof YamlValue.Scalar version)
        || version.text().equals("1")
        || !version.text().matches("[0-9]+(\\.[0-9]+)*")) {
      return true;
    }
    problems.add(
        Diagnostic.error(
            ProjectCode.UNSUPPORTED_VERSION,
            version.span(),
            "the project is of format " + version.text() + "; this version of Kith reads format 1",
            "use a newer version of Kith"));
    return false;
  }

  ProjectSettings read(Part part) {
    part.has("kith");
    EnvironmentReader environments = new EnvironmentReader(part, problems);
    Optional<Part> here = environments.settings(name);
    part.has("engine"); // one engine so far: checked, and nothing to choose
    return new ProjectSettings(
        part.string("name").orElse(""),
        part.string("timezone").map(ZoneId::of).orElse(DEFAULT_ZONE),
        part.string("as_of").filter("data"::equals).isPresent()
            ? AsOfDefault.DATA
            : AsOfDefault.TODAY,
        part.text("warehouse").map(environment::substitute).orElse(".kith/warehouse"),
        resources(part),
        retries(part),
        keep(part),
        connections(part, here),
        part.part("lineage").map(this::lineage),
        environments.read(name));
  }

  private LineageSettings lineage(Part part) {
    Target target =
        part.title().equals("lineage to a file")
            ? new Target.ToFile(part.text("file").map(environment::substitute).orElse(""))
            : new Target.ToEndpoint(
                part.text("url").map(environment::substitute).orElse(""),
                part.text("token").map(environment::substitute).map(Secret::new));
    return new LineageSettings(target, part.string("namespace"));
  }

  private static Keep keep(Part part) {
    return new Keep(
        part.string("keep")
            .flatMap(text -> Window.parse(text, Window.Direction.BACK))
            .filter(Window.Span.class::isInstance)
            .map(Window.Span.class::cast)
            .orElse(Keep.DEFAULT.span()),
        part.string("keep_releases").map(Integer::parseInt).orElse(Keep.DEFAULT.atLeast()));
  }

  private static Resources resources(Part part) {
    Optional<Part> temporary = part.part("temporary");
    return new Resources(
        part.string("memory").flatMap(ByteSize::parse),
        part.string("threads").map(Integer::parseInt),
        temporary.flatMap(settings -> settings.string("folder")),
        temporary.flatMap(settings -> settings.string("limit")).flatMap(ByteSize::parse));
  }

  private static Retries retries(Part part) {
    Optional<Part> retries = part.part("retries");
    return new Retries(
        retries
            .flatMap(settings -> settings.string("attempts"))
            .map(Integer::parseInt)
            .orElse(Retries.DEFAULT.attempts()),
        retries
            .flatMap(settings -> settings.string("wait"))
            .flatMap(Pauses::parse)
            .orElse(Retries.DEFAULT.firstWait()));
  }

  /** Only what counts here is looked into: variables of the rest need not be set. */
  private Map<String, Connection> connections(Part part, Optional<Part> here) {
    Map<String, Part> parts = new LinkedHashMap<>();
    part.entries("connections").forEach((name, one) -> parts.put(name.value(), one));
    here.ifPresent(
        settings ->
            settings.entries("connections").forEach((name, one) -> parts.put(name.value(), one)));
    Map<String, Connection> connections = new LinkedHashMap<>();
    parts.forEach((name, one) -> connections.put(name, connection(name, one)));
    return connections;
  }

  private Connection connection(String name, Part part) {
    Map<String, String> options = new LinkedHashMap<>();
    for (Map.Entry<Located<String>, Part> option : part.entries("options").entrySet()) {
      options.put(option.getKey().value(), environment.substitute(option.getValue().text()));
    }
    return new Connection(
        name,
        part.text("url").map(environment::substitute).orElse(""),
        part.text("user").map(environment::substitute),
        part.text("password").map(environment::substitute).map(Secret::new),
        options,
        part.texts("driver").stream().map(environment::substitute).toList());
  }
}
