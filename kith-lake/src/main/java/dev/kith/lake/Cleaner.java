package dev.kith.lake;

import dev.kith.lake.ReleaseRows.Heading;
import dev.kith.lake.WarehouseFolder.Found;
import dev.kith.model.KithException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/**
 * Frees what nothing needs any more.
 *
 * <p>What is needed is decided from the top: the policy says which releases stay; they say which
 * snapshots stay; with them stay the head of every table, where the next commit goes, and of a
 * table that others were built from, every snapshot from the oldest that they have read up to the
 * head, so that the next run finds what came since instead of building them anew. Snapshots say
 * which files stay. Everything else goes, from the top as well: a thing is taken away only when
 * nothing refers to it any more, so that whoever looks at any moment sees no broken reference:
 *
 * <ol>
 *   <li>releases: their manifest files, then their rows, all in one transaction;
 *   <li>physical tables that no kept release holds and nobody wants, from the catalog;
 *   <li>of the other tables tags, then snapshots, each in one commit of Iceberg's; then the plain
 *       names are listed anew;
 *   <li>runs that ended as long ago, unless they made what a kept release holds;
 *   <li>files below the warehouse that no kept table or release refers to: data, deletion vectors,
 *       metadata, cursors, manifests, parts of files, and the folders of tables that are gone.
 * </ol>
 *
 * <p>Wherever it is killed, the next one finds the rest by the same rule: it looks at what is
 * there, not at what an earlier one had in mind. Files of commits that never took place are found
 * in the same way. The lease keeps runs away meanwhile; files of a run that lost it may go, since
 * it can no longer commit them.
 *
 * <p>Files are gone for good, so before the first is deleted each kept release is read once more as
 * a reader does, from its row in the database to its data files, and it must not need any of those
 * that would go. If it does, nothing is deleted.
 */
final class Cleaner {

  /** After so many files it is made sure that the lease is not lost. */
  private static final int FILES_BETWEEN_CHECKS = 100;

  private final Warehouse warehouse;
  private final WarehouseFolder folder;
  private final LocalFileIO io;
  private final Clock clock;
  private final CleanPolicy policy;
  private final Map<PhysicalTable, Integer> expired = new LinkedHashMap<>();
  private final Set<PhysicalTable> dropped = new HashSet<>();

  Cleaner(Warehouse warehouse, LocalFileIO io, Clock clock, CleanPolicy policy) {
    this.warehouse = warehouse;
    this.folder = new WarehouseFolder(warehouse.location().folder());
    this.io = io;
    this.clock = clock;
    this.policy = policy;
  }

  CleanReport clean() {
    Releases releases = warehouse.releases();
    KeptReleases decided = decided();
    Set<Path> manifests = new HashSet<>();
    decided.doomed().forEach(release -> manifests.add(manifest(release)));
    List<CleanReport.Files> others = new ArrayList<>();
    for (Found file : folder.files()) {
      if (manifests.contains(file.path())) {
        others.add(new CleanReport.Files(1, file.bytes()));
      }
    }
    if (!policy.dryRun() && !(decided.doomed().isEmpty() && decided.expired().isEmpty())) {
      releases.delete(decided.doomed(), decided.expired());
    }
    List<Release> kept = load(decided.kept());
    Set<Path> needed = cleanTables(kept);
    if (!policy.dryRun()) {
      releases.relist();
    }
    int runs = forgetRuns(kept);
    decided.kept().forEach(release -> needed.add(manifest(release)));
    needed.addAll(manifests); // they are counted already, and gone unless this is a dry run
    Map<PhysicalTable, CleanReport.Files> freed = new HashMap<>();
    List<Found> doomed = doomed(needed);
    for (Found file : doomed) {
      CleanReport.Files one = new CleanReport.Files(1, file.bytes());
      folder
          .table(file.path())
          .ifPresentOrElse(
              table -> freed.merge(table, one, CleanReport.Files::plus), () -> others.add(one));
    }
    if (!policy.dryRun()) {
      delete(doomed, kept);
    }
    return new CleanReport(
        policy.dryRun(),
        decided.expired(),
        decided.doomed().stream().map(Heading::id).toList(),
        parts(freed),
        runs,
        others.stream().reduce(CleanReport.Files.NONE, CleanReport.Files::plus));
  }

  /** The runs that made what stays. */
  Set<String> runsThatStay() {
    return madeBy(load(decided().kept()));
  }

  private KeptReleases decided() {
    Releases releases = warehouse.releases();
    return KeptReleases.of(releases.headings(), releases.environments(), policy, clock.instant());
  }

  private int forgetRuns(List<Release> kept) {
    Instant oldest = clock.instant().minus(policy.keep());
    return warehouse.runs().forget(oldest, madeBy(kept), policy.dryRun());
  }

  /** What made a release or its rows can be traced for as long as the release is kept. */
  private Set<String> madeBy(List<Release> kept) {
    Set<String> runs = new HashSet<>();
    for (Release release : kept) {
      runs.add(release.run());
      for (ReleaseEntry entry : release.entries().values()) {
        LakeTable table = warehouse.table(entry.table());
        runs.add(table.snapshot(entry.snapshotId()).provenance().run());
      }
    }
    return runs;
  }

  private List<Release> load(List<Heading> headings) {
    List<Release> releases = new ArrayList<>();
    for (Heading heading : headings) {
      releases.add(
          warehouse
              .releases()
              .release(heading.id())
              .orElseThrow(() -> Releases.noSuchRelease(heading.environment(), heading.id())));
    }
    return releases;
  }

  /** Drops and expires, and gives all files that the tables then need. */
  private Set<Path> cleanTables(List<Release> kept) {
    Set<PhysicalTable> stay = new HashSet<>(policy.wanted());
    Set<Long> released = new HashSet<>();
    for (Release release : kept) {
      for (ReleaseEntry entry : release.entries().values()) {
        stay.add(entry.table());
        released.add(entry.snapshotId());
      }
    }
    List<Provenance> staying = stay.stream().flatMap(name -> made(name).stream()).toList();
    List<LakeTable> tables = new ArrayList<>();
    Set<Long> inputs = new HashSet<>();
    for (PhysicalTable name : warehouse.tables()) {
      if (stay.contains(name) || isBeside(name, staying)) {
        LakeTable table = warehouse.table(name);
        tables.add(table);
        table.head().ifPresent(head -> inputs.addAll(head.provenance().inputs().values()));
      } else {
        drop(name);
      }
    }
    Set<Path> needed = new HashSet<>();
    for (LakeTable table : tables) {
      KeptSnapshots snapshots = KeptSnapshots.of(table.iceberg(), released, inputs);
      expire(table, snapshots);
      needed.addAll(
          LakeFaults.during(
              "list the files of",
              table.name().name(),
              () -> ReachableFiles.of(table, io, snapshots.all())));
    }
    return needed;
  }

  /**
   * Whether it is beside other tables, and was made with rows of one that stays.
   *
   * @param staying how the rows at the heads of these were made
   */
  private boolean isBeside(PhysicalTable name, List<Provenance> staying) {
    return name.isBeside()
        && made(name).filter(made -> staying.stream().anyMatch(made::isOfTheSame)).isPresent();
  }

  private Optional<Provenance> made(PhysicalTable name) {
    return warehouse.exists(name)
        ? warehouse.table(name).head().map(head -> head.provenance())
        : Optional.empty();
  }

  private void drop(PhysicalTable name) {
    expired.put(name, warehouse.table(name).snapshotIds().size());
    dropped.add(name);
    if (!policy.dryRun()) {
      warehouse.drop(name);
      Failpoint.TABLE_DROPPED.hit();
    }
  }

  private void expire(LakeTable table, KeptSnapshots kept) {
    Set<Long> doomed = table.snapshotIds();
    doomed.removeAll(kept.all());
    if (doomed.stream().anyMatch(kept.released()::contains)) {
      throw refused(table.name().name(), "a snapshot");
    }
    if (!doomed.isEmpty()) {
      expired.put(table.name(), doomed.size());
    }
    if (!policy.dryRun()) {
      LakeFaults.during(
          "clean",
          table.name().name(),
          () -> {
            untag(table.iceberg(), kept.released());
            expire(table.iceberg(), doomed);
            return true;
          });
    }
  }

  private static void untag(Table table, Set<Long> released) {
    ManageSnapshots update = table.manageSnapshots();
    boolean changed = false;
    for (var ref : table.refs().entrySet()) {
      if (KeptSnapshots.isReleaseTag(ref) && !released.contains(ref.getValue().snapshotId())) {
        update.removeTag(ref.getKey());
        changed = true;
      }
    }
    if (changed) {
      update.commit();
      table.refresh();
      Failpoint.TAGS_REMOVED.hit();
    }
  }

  private static void expire(Table table, Set<Long> doomed) {
    if (doomed.isEmpty()) {
      return;
    }
    // Iceberg would also take all that is older than five days.
    ExpireSnapshots update =
        table.expireSnapshots().expireOlderThan(0).cleanupLevel(ExpireSnapshots.CleanupLevel.NONE);
    doomed.forEach(update::expireSnapshotId);
    update.commit();
    table.refresh();
    Failpoint.SNAPSHOTS_EXPIRED.hit();
  }

  private Path manifest(Heading release) {
    return new ReleaseFiles(warehouse.location().folder())
        .file(release.environment(), release.id());
  }

  private List<Found> doomed(Set<Path> needed) {
    Instant youngest = Instant.now().minus(policy.grace());
    return folder.files().stream()
        .filter(file -> !needed.contains(file.path()))
        .filter(file -> !file.modifiedAt().isAfter(youngest))
        .toList();
  }

  private void delete(List<Found> doomed, List<Release> kept) {
    prove(doomed, kept);
    int deleted = 0;
    for (Found file : doomed) {
      if (deleted++ % FILES_BETWEEN_CHECKS == 0) {
        warehouse.checkLease();
      }
      LakeFaults.during(
          "delete the file", file.path().toString(), () -> Files.deleteIfExists(file.path()));
      Failpoint.FILE_DELETED.hit();
    }
    folder.deleteEmptyFolders();
  }

  /** Makes sure that readers of the kept releases need none of the files. */
  private void prove(List<Found> doomed, List<Release> kept) {
    Set<Path> gone = new HashSet<>();
    doomed.forEach(file -> gone.add(file.path()));
    Map<TableVersion, String> versions = new LinkedHashMap<>();
    for (Release release : kept) {
      release.entries().values().forEach(entry -> versions.put(entry.version(), release.id()));
    }
    versions.forEach(
        (version, release) -> {
          if (!java.util.Collections.disjoint(gone, filesToRead(version))) {
            throw refused(release, "a file");
          }
        });
  }

  private Collection<Path> filesToRead(TableVersion version) {
    LakeTable table = warehouse.table(version.table());
    Set<Path> files = new HashSet<>();
    files.add(io.path(table.metadataLocation()));
    Snapshot snapshot = table.iceberg().snapshot(version.snapshotId());
    if (snapshot != null) {
      files.add(io.path(snapshot.manifestListLocation()));
      snapshot
          .allManifests(table.iceberg().io())
          .forEach(manifest -> files.add(io.path(manifest.path())));
    }
    for (ScanFile file : table.scan(version.snapshotId())) {
      files.add(file.path());
      file.deleteFile().ifPresent(vector -> files.add(io.path(vector.location())));
    }
    return files;
  }

  private static KithException refused(String subject, String what) {
    return KithException.bug(
        LakeCode.CLEAN_REFUSED,
        subject,
        "Cannot clean: " + what + " that is needed would go: " + subject,
        null);
  }

  private Map<PhysicalTable, CleanReport.TablePart> parts(
      Map<PhysicalTable, CleanReport.Files> freed) {
    Set<PhysicalTable> all = new HashSet<>(freed.keySet());
    all.addAll(expired.keySet());
    Map<PhysicalTable, CleanReport.TablePart> parts = new HashMap<>();
    for (PhysicalTable table : all) {
      parts.put(
          table,
          new CleanReport.TablePart(
              dropped.contains(table),
              expired.getOrDefault(table, 0),
              freed.getOrDefault(table, CleanReport.Files.NONE)));
    }
    return parts;
  }
}
