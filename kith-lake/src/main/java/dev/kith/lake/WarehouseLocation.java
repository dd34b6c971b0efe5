package dev.kith.lake;

import java.nio.file.Path;

/**
 * Where a warehouse is.
 *
 * @param folder holds the files of tables and the manifests of releases
 * @param database the SQLite file with the catalog, releases and runs
 * @param catalog the name under which other Iceberg readers find the tables in the database
 */
public record WarehouseLocation(Path folder, Path database, String catalog) {

  public WarehouseLocation {
    folder = folder.toAbsolutePath().normalize();
    database = database.toAbsolutePath().normalize();
  }

  /**
   * The usual place: the database in the project's {@code .kith} folder, the catalog {@code kith}.
   */
  public static WarehouseLocation of(Path project, Path folder) {
    return new WarehouseLocation(
        project.resolve(folder), project.resolve(".kith").resolve("kith.db"), "kith");
  }
}
