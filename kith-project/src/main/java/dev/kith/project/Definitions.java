package dev.kith.project;

import dev.kith.model.TableName;
import dev.kith.model.definition.DatasetDefinition;
import dev.kith.model.definition.Definition;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.TableDefinition;
import dev.kith.model.definition.TestDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What has been read so far: definitions, and the names of those that had faults. */
final class Definitions {

  private final List<SourceDefinition> sources = new ArrayList<>();
  private final List<TableDefinition> tables = new ArrayList<>();
  private final List<ProfileDefinition> profiles = new ArrayList<>();
  private final List<DatasetDefinition> datasets = new ArrayList<>();
  private final List<TestDefinition> tests = new ArrayList<>();
  private final Set<TableName> broken = new HashSet<>();

  void add(Definition definition) {
    if (definition instanceof SourceDefinition source) {
      sources.add(source);
    } else if (definition instanceof TableDefinition table) {
      tables.add(table);
    } else if (definition instanceof ProfileDefinition profile) {
      profiles.add(profile);
    } else if (definition instanceof DatasetDefinition dataset) {
      datasets.add(dataset);
    }
  }

  void addTests(List<TestDefinition> ofFile) {
    tests.addAll(ofFile);
  }

  void addBroken(TableName name) {
    broken.add(name);
  }

  List<SourceDefinition> sources() {
    return sources;
  }

  List<TableDefinition> tables() {
    return tables;
  }

  List<ProfileDefinition> profiles() {
    return profiles;
  }

  List<DatasetDefinition> datasets() {
    return datasets;
  }

  List<TestDefinition> tests() {
    return tests;
  }

  Set<TableName> broken() {
    return broken;
  }
}
