package dev.kith.lake;

import dev.kith.lake.ReleaseRows.Heading;
import dev.kith.model.KithException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.NoSuchTableException;

/**
 * Brings a metadata database back to what the files of its warehouse say.
 *
 * <p>The files are enough: a table's metadata files say what was committed, and each release's
 * manifest what was published. First the tables that a lost release needs are listed with their
 * newest metadata whose files are all there, then the releases, oldest first, as far as their
 * tables and snapshots are there; manifests that are missing are written from the database; last
 * come tags and plain names. Done again, it does nothing more.
 */
final class Repairer {

  private final Warehouse warehouse;
  private final ReleaseFiles files;
  private final WarehouseFolder folder;
  private final LocalFileIO io;
  private final boolean everything;
  private final List<PhysicalTable> tables = new ArrayList<>();
  private final List<String> lostTables = new ArrayList<>();
  private final List<String> restored = new ArrayList<>();
  private final Set<String> environments = new HashSet<>();
  private final List<String> lostReleases = new ArrayList<>();
  private final List<String> manifests = new ArrayList<>();

  /**
   * @param everything whether the database is new, so that all tables are to be listed
   */
  Repairer(Warehouse warehouse, LocalFileIO io, boolean everything) {
    this.warehouse = warehouse;
    this.files = new ReleaseFiles(warehouse.location().folder());
    this.folder = new WarehouseFolder(warehouse.location().folder());
    this.io = io;
    this.everything = everything;
  }

  RepairReport repair() {
    Set<String> rows =
        warehouse.releases().headings().stream().map(Heading::id).collect(Collectors.toSet());
    List<Release> unlisted =
        readManifests().stream().filter(release -> !rows.contains(release.id())).toList();
    listTables(unlisted);
    preferred(unlisted).forEach(this::restore);
    environments.forEach(warehouse.releases()::pauseAfterRollback);
    writeManifests();
    restored.forEach(
        id -> warehouse.releases().release(id).ifPresent(warehouse.releases()::mirror));
    warehouse
        .releases()
        .current(Release.PRODUCTION)
        .ifPresent(release -> warehouse.releases().mirrorAgain(release));
    return new RepairReport(tables, lostTables, restored, lostReleases, manifests);
  }

  private List<Release> readManifests() {
    List<Release> releases = new ArrayList<>();
    for (Path file : files.all()) {
      try {
        releases.add(ReleaseManifest.read(Files.readString(file)));
      } catch (IOException | IllegalArgumentException e) {
        lostReleases.add(String.valueOf(file.getFileName()).replace(".json", ""));
      }
    }
    return releases;
  }

  private void listTables(List<Release> unlisted) {
    Set<PhysicalTable> needed =
        unlisted.stream()
            .flatMap(release -> release.entries().values().stream())
            .map(ReleaseEntry::table)
            .collect(Collectors.toSet());
    for (Path path : folder.tableFolders()) {
      TableFolder found = new TableFolder(path, io);
      if (everything || needed.contains(found.table())) {
        list(found);
      }
    }
  }

  private void list(TableFolder found) {
    PhysicalTable name = found.table();
    Optional<TableMetadata> newest = found.newestWhole();
    if (newest.isEmpty()) {
      lostTables.add(name.name());
      return;
    }
    Optional<String> listed =
        warehouse.exists(name)
            ? Optional.of(warehouse.table(name).metadataLocation())
            : Optional.empty();
    String location = newest.get().metadataFileLocation();
    if (!listed.equals(Optional.of(location))) {
      warehouse.list(name, location);
      tables.add(name);
      Failpoint.TABLE_REGISTERED.hit();
    }
  }

  /**
   * Oldest first. Of several for one place in a chain, of which but one was ever published, first
   * the one that others were built on, then the one written last.
   */
  private static List<Release> preferred(List<Release> releases) {
    Set<String> parents = new HashSet<>();
    releases.forEach(release -> release.parent().ifPresent(parents::add));
    return releases.stream()
        .sorted(
            Comparator.comparing(Release::environment)
                .thenComparing(Release::sequence)
                .thenComparing(release -> !parents.contains(release.id()))
                .thenComparing(Release::createdAt, Comparator.reverseOrder()))
        .toList();
  }

  private void restore(Release release) {
    if (isComplete(release) && warehouse.releases().restore(release)) {
      restored.add(release.id());
      environments.add(release.environment());
      Failpoint.RELEASE_RESTORED.hit();
    } else {
      lostReleases.add(release.id());
    }
  }

  private boolean isComplete(Release release) {
    try {
      warehouse.releases().checkComplete(release);
      return true;
    } catch (NoSuchTableException e) {
      return false;
    } catch (KithException e) {
      if (e.code() == LakeCode.NO_SUCH_SNAPSHOT) {
        return false;
      }
      throw e;
    }
  }

  private void writeManifests() {
    for (Heading heading : warehouse.releases().headings()) {
      if (!Files.exists(files.file(heading.environment(), heading.id()))) {
        warehouse
            .releases()
            .release(heading.id())
            .ifPresent(release -> files.write(release, ReleaseManifest.write(release)));
        manifests.add(heading.id());
      }
    }
  }
}
