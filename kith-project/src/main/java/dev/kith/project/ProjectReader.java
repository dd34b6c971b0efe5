package dev.kith.project;

import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.SourceSpan;
import dev.kith.model.definition.Definition;
import dev.kith.model.definition.EnvironmentSettings;
import dev.kith.model.definition.Project;
import dev.kith.model.definition.ProjectSettings;
import dev.kith.model.definition.TestDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads a project folder: all that it says, and all that is wrong with it, at once. */
public final class ProjectReader {

  private static final String SETTINGS = "kith.yaml";

  private final Problems problems = new Problems();
  private final Definitions definitions = new Definitions();
  private final Path folder;
  private final Function<String, Optional<String>> variables;
  private final String environment;

  private ProjectReader(
      Path folder, Function<String, Optional<String>> variables, String environment) {
    this.folder = folder;
    this.variables = variables;
    this.environment = environment;
  }

  /**
   * Reads the files of a folder. Nothing is thrown for what is wrong with them, unreadable ones
   * included.
   *
   * @param variables the values of environment variables, for {@code ${NAME}} in kith.yaml
   */
  public static ReadResult read(Path folder, Function<String, Optional<String>> variables) {
    return read(folder, variables, EnvironmentSettings.PRODUCTION);
  }

  /**
   * As {@link #read(Path, Function)}, with the settings of an environment.
   *
   * @param environment its name, which kith.yaml need not have
   */
  public static ReadResult read(
      Path folder, Function<String, Optional<String>> variables, String environment) {
    return new ProjectReader(folder, variables, environment).read();
  }

  private ReadResult read() {
    if (!Files.exists(folder.resolve(SETTINGS))) {
      problems.add(
          Diagnostic.error(
              ProjectCode.NO_PROJECT,
              SourceSpan.startOf(SETTINGS),
              "there is no kith.yaml in this folder",
              "run 'kith init' to make a project, or go to the folder of one"));
      return new ReadResult(Optional.empty(), definitions.broken(), problems.all());
    }
    Optional<ProjectSettings> settings = settings();
    ZoneId zone =
        settings.map(ProjectSettings::timezone).orElse(ProjectSettingsReader.DEFAULT_ZONE);
    List<ProjectFile> files = ProjectFiles.find(folder, problems, definitions::addBroken);
    Set<ProjectFile> unique = NameRules.check(files, problems);
    List<Content> contents =
        files.parallelStream().map(file -> content(file, zone, unique.contains(file))).toList();
    for (Content content : contents) {
      problems.addAll(content.problems());
      content.taken().accept(definitions);
    }
    references(settings);
    return new ReadResult(
        settings.map(
            read ->
                new Project(
                    read,
                    definitions.sources(),
                    definitions.tables(),
                    definitions.profiles(),
                    definitions.datasets(),
                    definitions.tests())),
        definitions.broken(),
        problems.all());
  }

  private Optional<ProjectSettings> settings() {
    Problems ofFile = new Problems();
    Optional<ProjectSettings> settings =
        FileText.read(folder.resolve(SETTINGS), SETTINGS, ofFile)
            .flatMap(text -> yaml(SETTINGS, text, ofFile))
            .filter(value -> ProjectSettingsReader.isSupported(value, ofFile))
            .flatMap(value -> part(value, ProjectKeys.SHAPE, ofFile))
            .map(
                part ->
                    new ProjectSettingsReader(
                            new Environment(variables, ofFile), environment, ofFile)
                        .read(part));
    problems.addAll(ofFile.all());
    return ofFile.hasErrors() ? Optional.empty() : settings;
  }

  /**
   * What a file says.
   *
   * @param taken puts it among the definitions
   */
  private record Content(List<Diagnostic> problems, Consumer<Definitions> taken) {}

  private static Content content(ProjectFile file, ZoneId zone, boolean unique) {
    Problems ofFile = new Problems();
    Consumer<Definitions> taken =
        switch (file.kind()) {
          case SOURCE, TABLE, PROFILE, DATASET -> definition(file, zone, unique, ofFile);
          case TEST -> tests(file, zone, ofFile);
        };
    return new Content(ofFile.all(), taken);
  }

  private static Consumer<Definitions> definition(
      ProjectFile file, ZoneId zone, boolean unique, Problems ofFile) {
    Optional<Definition> definition = definition(file, zone, ofFile);
    if (definition.isEmpty() || ofFile.hasErrors()) {
      return definitions -> definitions.addBroken(file.name());
    }
    return definitions -> definition.filter(found -> unique).ifPresent(definitions::add);
  }

  private static Optional<Definition> definition(ProjectFile file, ZoneId zone, Problems problems) {
    return switch (file.kind()) {
      case SOURCE ->
          yaml(file.path(), file.text(), problems)
              .flatMap(value -> part(value, SourceKeys.SHAPE, problems))
              .flatMap(
                  part -> {
                    requireName(file, part, "source", problems);
                    return new SourceReader(problems, zone).read(file, part);
                  });
      case TABLE -> table(file, problems);
      case PROFILE ->
          yaml(file.path(), file.text(), problems)
              .flatMap(value -> part(value, ProfileKeys.SHAPE, problems))
              .map(
                  part -> {
                    requireName(file, part, "profile", problems);
                    return new ProfileReader(problems).read(file, part);
                  });
      case DATASET ->
          yaml(file.path(), file.text(), problems)
              .flatMap(value -> part(value, DatasetKeys.SHAPE, problems))
              .map(
                  part -> {
                    requireName(file, part, "dataset", problems);
                    return new DatasetReader(problems, zone).read(file, part);
                  });
      case TEST -> Optional.empty();
    };
  }

  private static Consumer<Definitions> tests(ProjectFile file, ZoneId zone, Problems ofFile) {
    Optional<List<TestDefinition>> tests =
        yaml(file.path(), file.text(), ofFile)
            .flatMap(value -> part(value, TestKeys.SHAPE, ofFile))
            .map(part -> new TestReader(ofFile, zone).read(file, part));
    boolean fine = !ofFile.hasErrors();
    return definitions -> tests.filter(found -> fine).ifPresent(definitions::addTests);
  }

  private static Optional<Definition> table(ProjectFile file, Problems problems) {
    Optional<SqlFile> sql = SqlFile.read(file, problems);
    if (sql.isEmpty()) {
      return Optional.empty();
    }
    YamlValue none = new YamlValue.Fields(List.of(), Set.of(), file.start());
    YamlValue settings =
        sql.get()
            .settings()
            .flatMap(text -> YamlReader.read(file.path(), text, problems))
            .orElse(none);
    return part(settings, TableKeys.SHAPE, problems)
        .map(part -> new TableReader(problems).read(file, sql.get().sql(), part));
  }

  /** The document, which a file of YAML must have. */
  private static Optional<YamlValue> yaml(String path, String text, Problems problems) {
    Problems ofYaml = new Problems();
    Optional<YamlValue> value = YamlReader.read(path, text, ofYaml);
    problems.addAll(ofYaml.all());
    if (value.isEmpty() && !ofYaml.hasErrors()) {
      return Optional.of(new YamlValue.Fields(List.of(), Set.of(), SourceSpan.startOf(path)));
    }
    return value;
  }

  private static Optional<Part> part(YamlValue value, Shape.Keyed shape, Problems problems) {
    return new ShapeChecker(problems)
        .check(value, shape, ShapeChecker.FILE)
        .map(checked -> Part.of(checked, shape));
  }

  private static void requireName(ProjectFile file, Part part, String key, Problems problems) {
    Optional<Located<String>> written = part.text(key);
    String expected = file.name().name();
    if (written.isPresent() && !written.get().value().toLowerCase(Locale.ROOT).equals(expected)) {
      problems.add(
          Diagnostic.error(
              ProjectCode.WRONG_NAME,
              written.get().span(),
              "the file is named '"
                  + expected
                  + "', its "
                  + key
                  + " '"
                  + written.get().value()
                  + "'",
              "give both the same name"));
    }
  }

  private void references(Optional<ProjectSettings> settings) {
    References references = new References(definitions, problems);
    settings.ifPresent(read -> references.checkConnections(read.connections().keySet()));
    references.checkHistories();
    definitions.profiles().forEach(references::checkProfile);
    definitions.datasets().forEach(references::checkDataset);
    DatasetRules datasets = new DatasetRules(definitions, problems);
    definitions.datasets().forEach(datasets::check);
    definitions.tables().forEach(references::checkRelationships);
    definitions.profiles().forEach(references::checkRelationships);
    definitions.datasets().forEach(references::checkRelationships);
    new TestReferences(definitions, problems).check(definitions.tests());
  }
}
