package dev.kith.lake;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What went, or would go.
 *
 * @param environments that had expired
 * @param releases their ids
 * @param tables of which something went
 * @param runs that are forgotten, with their steps
 * @param others files beside those of tables, such as manifests of releases
 */
public record CleanReport(
    boolean dryRun,
    List<String> environments,
    List<String> releases,
    Map<PhysicalTable, TablePart> tables,
    int runs,
    Files others) {

  public CleanReport {
    environments = List.copyOf(environments);
    releases = List.copyOf(releases);
    Map<PhysicalTable, TablePart> sorted = new TreeMap<>(Comparator.comparing(PhysicalTable::name));
    sorted.putAll(tables);
    tables = Collections.unmodifiableMap(sorted);
  }

  /** Everything together. */
  public Files files() {
    return tables.values().stream().map(TablePart::files).reduce(others, Files::plus);
  }

  public int snapshots() {
    return tables.values().stream().mapToInt(TablePart::snapshots).sum();
  }

  /**
   * What went of a physical table.
   *
   * @param dropped whether nothing of it is left
   */
  public record TablePart(boolean dropped, int snapshots, Files files) {}

  /** Files on the disk. */
  public record Files(long count, long bytes) {

    static final Files NONE = new Files(0, 0);

    Files plus(Files other) {
      return new Files(count + other.count, bytes + other.bytes);
    }
  }
}
