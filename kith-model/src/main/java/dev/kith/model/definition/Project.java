package dev.kith.model.definition;

import dev.kith.model.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All definitions of a project folder, its datasets, and tests; names are unique. */
public record Project(
    ProjectSettings settings,
    List<SourceDefinition> sources,
    List<TableDefinition> tables,
    List<ProfileDefinition> profiles,
    List<DatasetDefinition> datasets,
    List<TestDefinition> tests) {

  public Project {
    sources = List.copyOf(sources);
    tables = List.copyOf(tables);
    profiles = List.copyOf(profiles);
    datasets = List.copyOf(datasets);
    tests = List.copyOf(tests);
  }

  /** Sources, then tables, then profiles. */
  public Stream<Definition> definitions() {
    return Stream.of(sources, tables, profiles).flatMap(List::stream);
  }

  public Optional<Definition> definition(TableName name) {
    return definitions().filter(definition -> definition.name().equals(name)).findFirst();
  }
}
