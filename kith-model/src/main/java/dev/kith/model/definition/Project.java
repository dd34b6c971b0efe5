package dev.kith.model.definition;

import dev.kith.model.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All definitions of a project folder, and its tests; names are unique. */
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

  /** What runs bring up to date: sources, then tables, profiles, and datasets that are tables. */
  public Stream<Definition> definitions() {
    return Stream.of(
            sources, tables, profiles, datasets.stream().filter(DatasetDefinition::table).toList())
        .flatMap(List::stream);
  }

  public Optional<Definition> definition(TableName name) {
    return definitions().filter(definition -> definition.name().equals(name)).findFirst();
  }
}
