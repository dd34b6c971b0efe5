package dev.kith.lake;

import java.util.List;

/**
 * What a repair has mended.
 *
 * @param tables that the database lists again, or lists with what was committed last
 * @param lostTables folders below {@code tables/} whose files are not all there
 * @param releases that the database has again
 * @param lostReleases manifests of releases that cannot be read any more, since a table or snapshot
 *     is gone or another release has their place
 * @param manifests of releases that the warehouse has again
 */
public record RepairReport(
    List<PhysicalTable> tables,
    List<String> lostTables,
    List<String> releases,
    List<String> lostReleases,
    List<String> manifests) {

  public RepairReport {
    tables = List.copyOf(tables);
    lostTables = List.copyOf(lostTables);
    releases = List.copyOf(releases);
    lostReleases = List.copyOf(lostReleases);
    manifests = List.copyOf(manifests);
  }

  /** Whether there was nothing to mend but perhaps tags and plain names. */
  public boolean isEmpty() {
    return tables.isEmpty() && releases.isEmpty() && manifests.isEmpty();
  }
}
