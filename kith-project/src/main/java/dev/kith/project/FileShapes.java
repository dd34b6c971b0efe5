package dev.kith.project;

import java.util.List;

/** All kinds of files that a project may hold, for what is generated of them. */
final class FileShapes {

  /**
   * A kind of file.
   *
   * @param name of its JSON Schema
   * @param path as people write it
   */
  record FileShape(String name, String path, String doc, Shape.Keyed shape) {}

  static final List<FileShape> ALL =
      List.of(
          new FileShape(
              "project",
              "kith.yaml",
              "The project: its name, where its tables are, what it connects to.",
              ProjectKeys.SHAPE),
          new FileShape(
              "source",
              "sources/NAME.yaml",
              "Where rows come from and what they are.",
              SourceKeys.SHAPE),
          new FileShape(
              "table",
              "tables/NAME.sql",
              "The settings of a table that a query makes, in a comment before the query that"
                  + " begins with `/* kith:`. The file's name is the table's.",
              TableKeys.SHAPE),
          new FileShape(
              "profile",
              "profiles/NAME.yaml",
              "One row per person, at an instant.",
              ProfileKeys.SHAPE),
          new FileShape(
              "dataset",
              "datasets/NAME.yaml",
              "Rows of people and instants, with features as they were then and labels of what came"
                  + " after. `kith asof NAME` computes it.",
              DatasetKeys.SHAPE),
          new FileShape(
              "test",
              "tests/NAME.yaml",
              "Given these rows, tables and profiles hold those. `kith test` runs them, without a"
                  + " warehouse and without the data.",
              TestKeys.SHAPE));

  private FileShapes() {}
}
